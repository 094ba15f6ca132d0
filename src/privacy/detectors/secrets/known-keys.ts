import { RANK, type Match, type PrivacyType } from '../../finding.ts';
import { candidatesOf, matchOf, type Source } from '../../text/index.ts';

interface KeyForm {
  readonly type: PrivacyType;
  /** What every such key contains, so that most texts need not be looked through at all. */
  readonly mark: string;
  readonly pattern: RegExp;
}

const form = (type: PrivacyType, mark: string, body: string): KeyForm => ({
  type,
  mark,
  pattern: new RegExp(`(?<![A-Za-z0-9_])${body}(?![A-Za-z0-9])`, 'g'),
});

/** Keys whose beginning says what they are. */
const FORMS: readonly KeyForm[] = [
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AROA', 'AIDA', 'AGPA', 'ANPA'].map((mark) =>
    form('AWS_ACCESS_KEY', mark, `${mark}[A-Z0-9]{16}`),
  ),
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((mark) =>
    form('GITHUB_TOKEN', mark, `${mark}[A-Za-z0-9]{20,255}`),
  ),
  form('GITHUB_TOKEN', 'github_pat_', 'github_pat_\\w{20,255}'),
  form('GITLAB_TOKEN', 'gl', 'gl(?:pat|dt|rt|ft|soat|ptt|oas|agent|cbt|imt)-[\\w-]{20,300}'),
  form('SLACK_TOKEN', 'xox', 'xox[abceoprs](?:\\.xox[bp])?-[\\w-]{10,300}'),
  form('SLACK_TOKEN', 'xapp-', 'xapp-\\d-[\\w-]{10,300}'),
  form(
    'SLACK_WEBHOOK',
    'hooks.slack.com',
    'https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/-]{10,200}',
  ),
  form('STRIPE_KEY', '_live_', '(?:sk|rk|pk)_live_[A-Za-z0-9]{10,250}'),
  form('STRIPE_KEY', '_test_', '(?:sk|rk|pk)_test_[A-Za-z0-9]{10,250}'),
  form('STRIPE_KEY', 'whsec_', 'whsec_[A-Za-z0-9+/=]{20,250}'),
  form('GOOGLE_API_KEY', 'AIza', 'AIza[\\w-]{30,45}'),
  form('GOOGLE_API_KEY', 'GOCSPX-', 'GOCSPX-[\\w-]{20,64}'),
  form('GOOGLE_API_KEY', 'ya29.', 'ya29\\.[\\w-]{20,1000}'),
  form('ANTHROPIC_KEY', 'sk-ant-', 'sk-ant-[\\w-]{20,250}'),
  form(
    'OPENAI_KEY',
    'sk-',
    'sk-(?!ant-)(?:(?:proj|svcacct|admin|None)-)?(?=[\\w-]{0,60}[\\dA-Z])[A-Za-z0-9_-]{20,250}',
  ),
  form('NPM_TOKEN', 'npm_', 'npm_[A-Za-z0-9]{30,64}'),
  ...[
    ['pypi-', 'pypi-[\\w-]{30,1000}'],
    ['SG.', 'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}'],
    ['SK', 'SK[0-9a-f]{32}'],
    ['key-', 'key-[0-9a-f]{32}'],
    ['do', 'do[opr]_v1_[0-9a-f]{64}'],
    ['hf_', 'hf_[A-Za-z0-9]{30,64}'],
    ['lsv2_', 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'],
    [':AA', '\\d{8,10}:AA[\\w-]{32,35}'],
    ['shp', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'],
    ['sq0', 'sq0(?:atp|csp)-[\\w-]{22,60}'],
    ['dapi', 'dapi[0-9a-f]{32}(?:-\\d)?'],
    ['glsa_', 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}'],
    ['hvs.', 'hvs\\.[\\w-]{24,200}'],
    ['dp.', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,80}'],
    ['lin_api_', 'lin_api_[A-Za-z0-9]{32,64}'],
    ['ntn_', 'ntn_[A-Za-z0-9]{40,64}'],
    ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-1[0-9A-Z]{58}'],
    ['xprv', 'xprv[1-9A-HJ-NP-Za-km-z]{100,112}'],
    ['rubygems_', 'rubygems_[0-9a-f]{48}'],
    ['dckr_', 'dckr_pat_[\\w-]{20,64}'],
    ['gsk_', 'gsk_[A-Za-z0-9]{40,64}'],
    ['PMAK-', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'],
    ['-us', '[0-9a-f]{32}-us\\d{1,2}'],
    ['AAAA', 'AAAA[\\w-]{7}:[\\w-]{100,200}'],
    ['.', '[MN][A-Za-z0-9]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,45}'],
    ['xai-', 'xai-[A-Za-z0-9]{60,100}'],
    [
      '/api/webhooks/',
      'https://(?:\\w{1,10}\\.)?discord(?:app)?\\.com/api/webhooks/\\d{15,21}/[\\w-]{30,100}',
    ],
    ['ATATT3', 'ATATT3[\\w=-]{50,300}'],
    ['ATCTT3', 'ATCTT3[\\w=-]{50,300}'],
    ['pscale_', 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{32,64}'],
    ['NRAK-', 'NRAK-[A-Z0-9]{27}'],
    ['sntry', 'sntry[su]_[\\w+/=]{40,300}'],
    ['figd_', 'figd_[\\w-]{36,64}'],
    ['r8_', 'r8_[A-Za-z0-9]{37}'],
    ['pplx-', 'pplx-[A-Za-z0-9]{40,64}'],
    ['nfp_', 'nfp_[A-Za-z0-9]{36,64}'],
    ['sbp_', 'sbp_[0-9a-f]{40}'],
    ['pat', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'],
    ['tskey-', 'tskey-[a-z]{3,10}-[\\w-]{20,80}'],
    ['CFPAT-', 'CFPAT-[\\w-]{40,64}'],
    ['LTAI', 'LTAI[A-Za-z0-9]{20}'],
  ].map(([mark = '', body = '']) => form('SERVICE_TOKEN', mark, body)),
];

/**
 * Keys and tokens of services that mark theirs.
 *
 * @yields Each of them.
 */
export function* findKnownKeys(source: Source): Iterable<Match> {
  for (const { type, mark, pattern } of FORMS) {
    if (!source.text.includes(mark)) continue;
    for (const candidate of candidatesOf(source, pattern)) {
      yield matchOf(type, candidate, { rank: RANK.secret, confidence: 0.98 });
    }
  }
}
