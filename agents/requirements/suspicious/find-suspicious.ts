/** Fragments of templates, shell, SQL and script that no reader of an email is addressed with. Upper case counts where prose has the words. */
const COMMANDS: readonly RegExp[] = [
  /\{\{|\{%|\$\{|<%/u,
  /(?<![\p{L}\d-])(?:curl|wget)\s+(?:-\S+\s+){0,5}(?:https?:|ftp:|[\w-]+\.\w)/iu,
  /\|\s*(?:sudo\s+)?(?:ba|z|k|c|da)?sh(?![\p{L}\d-])/iu,
  /(?<![\p{L}\d-])rm\s+-{1,2}[a-z]{1,12}(?![\p{L}])/u,
  /(?<![\p{L}\d-])sudo\s+[a-z]/u,
  /(?<![\p{L}\d-])(?:chmod|chown)\s+[+\d\w-]+\s+\S/u,
  /(?<![\p{L}\d-])(?:npm\s+(?:i|install|exec|run)|npx\s+\S|pip3?\s+install|git\s+clone|docker\s+run|apt(?:-get)?\s+install)(?![\p{L}])/u,
  /(?<![\p{L}\d-])(?:powershell|cmd(?:\.exe)?\s+\/c|Invoke-\w+|nc\s+-e|base64\s+-d)(?![\p{L}])/iu,
  /(?:\/etc\/(?:passwd|shadow)|>\s*\/dev\/|&&\s*[a-z]+\s|\$\([^)]+\)|`[a-z]+\s[^`]*\|)/u,
  /(?<![\p{L}])(?:drop|truncate|alter)\s+(?:table|database|schema)\s+\S/iu,
  /(?<![\p{L}])(?:DELETE\s+FROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET)\s+\w|(?<![\p{L}])SELECT\s.{1,200}?\sFROM\s+\w|select\s+\*\s+from|(?<![\p{L}])union\s+(?:all\s+)?select/u,
  /['"]\s*(?:or|and)\s+['"]?\w+['"]?\s*=\s*['"]?\w/iu,
  /<\s*\/?script|javascript:|(?<![\p{L}])on(?:error|load|click)\s*=|document\.cookie|(?<![\p{L}])(?:eval|exec|system)\(|process\.env|os\.system|__import__/iu,
];

/** Tells whether a text holds a fragment of a command or a program. */
export function holdsCommand(text: string): boolean {
  // A bar is shown as a dash, and parts commands.
  const piped = text.replaceAll(' – ', ' | ');
  return COMMANDS.some((pattern) => pattern.test(piped));
}

const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})`;
const TOP = `com|net|org|info|biz|io|co|eu|app|dev|shop|store|online|site|xyz|top|club|link|page|me|ly|tv|ru|cn|uk|us|de|at|ch|fr|be|es|it|nl|pt|pl|se|dk|no|fi|ie|ca|au|br|mx|jp|test|example|invalid|gov|edu|int|museum|bank|travel`;
const ADDRESS = new RegExp(
  String.raw`(?:https?:\/\/|ftp:\/\/|\/\/)(?:[^\s\/?#@<>"']*@)?(?<host>[^\s\/?#:<>"'()]+)|(?<![\p{L}\p{N}@._\/-])(?<bare>(?:${LABEL}\.){1,8}(?:${TOP}))(?![\p{L}\p{N}-]|\.[\p{L}\p{N}]|@)`,
  'giu',
);

/** Gives the hosts that a text links to or names, in small letters, each once. */
export function hostsIn(text: string): readonly string[] {
  const hosts = Array.from(
    text.matchAll(ADDRESS),
    ({ groups }) => groups?.['host'] ?? groups?.['bare'] ?? '',
  );
  return [
    ...new Set(
      hosts.map((host) =>
        host
          .toLowerCase()
          .replace(/^www\./, '')
          .replace(/[.,;:!?]+$/, ''),
      ),
    ),
  ].filter((host) => host !== '');
}

const PUBLIC =
  /(?:^|\.)(?:(?:co|com|org|net|ac|gov|edu|ltd|plc)\.[a-z]{2}|example\.(?:com|net|org|edu)|github\.io)$/;

/** Gives the part of a host that one owner holds: "shop.brand.co.uk" is held with "brand.co.uk". */
export function domainOf(host: string): string {
  const labels = host.split('.');
  return labels.slice(PUBLIC.test(host) ? -3 : -2).join('.');
}
