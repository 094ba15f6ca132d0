/**
 * KEYS: r (rows by id), u (when each was used last), d (deadlines), o (owners' sessions), g (ids that were revoked), b (owners
 * whose sessions were revoked), x (until when both are remembered), n (how many revocations there were). They share one cluster slot. A row is
 * "created expires idle owner body"; instants are milliseconds and come from the caller, so that one clock decides.
 */
const PRELUDE = String.raw`
local r, u, d, o, g, b, x, n = unpack(KEYS)
local function whole(number) return string.format('%.0f', number) end
local function parse(row)
  local created, expires, idle, owner = row:match('^(%d+) (%d+) (%d+) (%S+) ')
  return {created = tonumber(created), expires = tonumber(expires), idle = tonumber(idle), owner = owner}
end
local function drop(id, row)
  redis.call('HDEL', r, id)
  redis.call('HDEL', u, id)
  redis.call('ZREM', d, id)
  if row then redis.call('ZREM', o, parse(row).owner .. '\0' .. id) end
end
local function bury(id, till)
  redis.call('HSET', g, id, till)
  redis.call('ZADD', x, till, 'g' .. id)
end
local function seen(id, row, at)
  redis.call('HSET', u, id, whole(at))
  redis.call('ZADD', d, whole(math.min(at + row.idle, row.expires)), id)
end
-- Nobody's deadline, long over: what is read in place of one that is not there.
local function decoy() redis.call('ZADD', d, 'NX', -1767225600000, '!') end
-- Nothing stays for ever on a server whose last user has gone.
local function stay(ms)
  for _, key in ipairs(KEYS) do
    if redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, whole(ms)) end
  end
end
local function sweep(now, most)
  local ended = redis.call('ZRANGEBYSCORE', d, 0, now, 'LIMIT', 0, most)
  for _, id in ipairs(ended) do drop(id, redis.call('HGET', r, id)) end
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', x, '-inf', now, 'LIMIT', 0, most)) do
    redis.call('HDEL', name:sub(1, 1) == 'g' and g or b, name:sub(2))
    redis.call('ZREM', x, name)
  end
  return #ended
end
local function refused(id, row)
  if redis.call('HEXISTS', g, id) == 1 then return true end
  local mark = redis.call('HGET', b, row.owner)
  return mark and row.created <= tonumber(mark)
end
local function store(id, text, at)
  local row = parse(text)
  redis.call('HSET', r, id, text)
  redis.call('ZADD', o, 0, row.owner .. '\0' .. id)
  seen(id, row, at)
  decoy()
  stay(row.expires - row.created + 86400000)
end
`;

const PUT = String.raw`
local id, text, at = ARGV[1], ARGV[2], tonumber(ARGV[3])
if redis.call('HEXISTS', r, id) == 1 then return 1 end
if refused(id, parse(text)) then return 0 end
store(id, text, at)
return 1
`;

const USE = String.raw`
local id, now = ARGV[1], tonumber(ARGV[2])
local revision = redis.call('GET', n) or '0'
-- Whoever is refused, one deadline is found and one is not. What has ended stays until it is swept, and its row is not read.
local ends = redis.call('ZSCORE', d, id)
local other = redis.call('ZSCORE', d, ends and '?' or '!')
if tonumber(ends or other or '0') <= now then return {'unknown', revision} end
local text = redis.call('HGET', r, id)
if not text then return {'unknown', revision} end
-- Of two callers whose clocks differ the later one counts.
local at = math.max(now, tonumber(redis.call('HGET', u, id) or '0'))
seen(id, parse(text), at)
return {'live', revision, id, text, whole(at)}
`;

const REPLACE = String.raw`
local id, next, text, now = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('HEXISTS', r, next) == 1 then return 1 end
local old = redis.call('HGET', r, id)
if not old or tonumber(redis.call('ZSCORE', d, id) or '0') <= now then return 0 end
if refused(next, parse(text)) then return 0 end
bury(id, whole(parse(old).expires))
drop(id, old)
redis.call('INCR', n)
store(next, text, now)
return 1
`;

const AMEND = String.raw`
local id, from, to = ARGV[1], ARGV[2], ARGV[3]
local row = redis.call('HGET', r, id)
if not row then return 0 end
local head = row:match('^%d+ %d+ %d+ %S+ ')
local body = row:sub(#head + 1)
if body == to then return 1 end
if body ~= from then return 0 end
redis.call('HSET', r, id, head .. to)
return 1
`;

// What opens a session goes first: the rest may be refused when the server is out of memory.
const REVOKE = String.raw`
local ids = {}
for _, id in ipairs(ARGV) do
  local row = redis.call('HGET', r, id)
  if row then
    ids[#ids + 1] = {id, whole(parse(row).expires)}
    drop(id, row)
  end
end
if #ids > 0 then redis.call('INCR', n) end
for _, entry in ipairs(ids) do bury(entry[1], entry[2]) end
return #ids
`;

const REVOKE_OWNER = String.raw`
local owner, before, till = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local count = 0
for _, member in ipairs(redis.call('ZRANGEBYLEX', o, '[' .. owner .. '\0', '(' .. owner .. '\1')) do
  local id = member:sub(#owner + 2)
  local row = redis.call('HGET', r, id)
  if not row or parse(row).created <= before then
    drop(id, row)
    redis.call('ZREM', o, member)
    if row then count = count + 1 end
  end
end
local mark = tonumber(redis.call('HGET', b, owner) or '0')
redis.call('HSET', b, owner, whole(math.max(mark, before)))
local left = tonumber(redis.call('ZSCORE', x, 'b' .. owner) or '0')
redis.call('ZADD', x, whole(math.max(left, tonumber(till))), 'b' .. owner)
redis.call('INCR', n)
stay(math.max(0, tonumber(till) - before))
return count
`;

const LIST = String.raw`
local owner, limit, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local ids = {}
if owner == '' then
  ids = redis.call('ZREVRANGEBYSCORE', d, '+inf', '(' .. ARGV[3], 'LIMIT', 0, limit)
else
  for _, member in ipairs(redis.call('ZRANGEBYLEX', o, '[' .. owner .. '\0', '(' .. owner .. '\1')) do
    local id = member:sub(#owner + 2)
    if tonumber(redis.call('ZSCORE', d, id) or '0') > now then ids[#ids + 1] = id end
  end
  table.sort(ids, function(one, other)
    local first, second = tonumber(redis.call('ZSCORE', d, one)), tonumber(redis.call('ZSCORE', d, other))
    if first == second then return one > other end
    return first > second
  end)
end
local found = {}
for k = 1, math.min(#ids, limit) do
  local row = redis.call('HGET', r, ids[k])
  if row then found[#found + 1] = {ids[k], row, redis.call('HGET', u, ids[k])} end
end
return found
`;

const COUNT = String.raw`
return redis.call('ZCOUNT', d, '(' .. ARGV[1], '+inf')
`;

const SWEEP = String.raw`
return sweep(ARGV[1], 1000)
`;

/** The scripts by name. */
export const SESSION_SCRIPTS = {
  put: PRELUDE + PUT,
  use: PRELUDE + USE,
  replace: PRELUDE + REPLACE,
  amend: PRELUDE + AMEND,
  revoke: PRELUDE + REVOKE,
  revokeOwner: PRELUDE + REVOKE_OWNER,
  list: PRELUDE + LIST,
  count: PRELUDE + COUNT,
  sweep: PRELUDE + SWEEP,
} as const;
