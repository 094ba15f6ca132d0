import type { Tool } from '@modelcontextprotocol/sdk/types.js';

/** Something in a tool's own words that a model should not be told unseen. */
export interface ToolConcern {
  readonly tool: string;
  readonly rule: 'mcp.hidden-text' | 'mcp.instructions' | 'mcp.long-text';
  /** Whether the tool is not offered at all. */
  readonly refuses: boolean;
}

/**
 * Characters that are not seen, or that change the order in which text is shown: controls, formats, tags and the variation
 * selectors of the supplement, which carry messages.
 */
const HIDDEN = /[\p{Cf}\u{E0100}-\u{E01EF}]|(?![\t\n\r])\p{Cc}/u;
/** Words that speak to a model instead of describing a tool. */
const INSTRUCTIONS = [
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|other|system)\b/i,
  /\b(?:do not|don't|never)\b.{0,30}\b(?:tell|mention|inform|reveal|show|ask)\b.{0,30}\b(?:user|person|human|anyone)\b/i,
  /<\/?\s*(?:important|system|instructions?|secret|assistant|user)\s*>/i,
  /\b(?:system prompt|hidden instructions?|you are now|act as)\b/i,
  /\bbefore (?:using|calling|invoking)\b.{0,40}\b(?:any|this|other|every)\b.{0,20}\btools?\b/i,
  /(?:~\/\.(?:ssh|aws|config)|\bid_rsa\b|\.env\b|\/etc\/passwd|\bapi[ _-]?keys?\b.{0,40}\b(?:send|pass|include)\b)/i,
  /\b(?:send|post|upload|forward|exfiltrate)\b.{0,60}\bhttps?:\/\//i,
];
const MAX_TEXT = 4000;

/** Looks at every text of a tool that a model may read: name, title, descriptions, and all texts of its schemas. */
export function inspectTool(tool: Tool): readonly ToolConcern[] {
  const texts = [...textsIn([tool.name, tool.title, tool.description, tool.annotations?.title])];
  const schemas = [...textsIn([tool.inputSchema, tool.outputSchema])];
  const all = [...texts, ...schemas];
  const concerns: ToolConcern[] = [];
  if (all.some((text) => HIDDEN.test(text)))
    concerns.push({ tool: tool.name, rule: 'mcp.hidden-text', refuses: true });
  if (all.some((text) => INSTRUCTIONS.some((pattern) => pattern.test(text.slice(0, MAX_TEXT)))))
    concerns.push({ tool: tool.name, rule: 'mcp.instructions', refuses: false });
  if (all.some((text) => text.length > MAX_TEXT))
    concerns.push({ tool: tool.name, rule: 'mcp.long-text', refuses: false });
  return concerns;
}

/** Takes what is not seen out of a text. */
export function withoutHidden(text: string): string {
  return text.replaceAll(new RegExp(HIDDEN.source, 'gu'), '');
}

function* textsIn(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* textsIn(item);
    }
}
