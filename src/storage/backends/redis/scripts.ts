import { DELETION_MARK_MS } from '../../lifetime.ts';
import { LEASE_SCRIPTS } from './lease-scripts.ts';
import { STAGE_SCRIPTS } from './stage-scripts.ts';

/**
 * Each operation is one script, so that it is done whole or not at all. KEYS are the seven keys of a thread, in one
 * cluster slot: m (heads, deletion mark, lease), c (checkpoints), i (their ids), q (their order), x (names of pending
 * writes), w (pending writes), s (segments).
 */
const PRELUDE = String.raw`
local m, c, i, q, x, w, s = unpack(KEYS, 1, 7)
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function facts(ns)
  local first, last = '[' .. ns .. '\0', '(' .. ns .. '\1'
  return redis.call('HGET', m, 'h:' .. ns) or '', redis.call('HGET', m, 't') or '',
    redis.call('ZLEXCOUNT', i, first, last),
    redis.call('ZREVRANGEBYLEX', q, last, first, 'LIMIT', 0, 1)[1] or ''
end
local function fetch(key, names)
  local found = {}
  for at = 1, #names, 1000 do
    local part = redis.call('HMGET', key, unpack(names, at, math.min(at + 999, #names)))
    for k = 1, #part do found[#found + 1] = part[k] end
  end
  return found
end
local function digests(row)
  local found = {}
  for k = 0, tonumber(row:sub(49, 53)) - 1 do
    found[k + 1] = row:sub(54 + k * 24, 77 + k * 24)
  end
  return found
end
local function writes(member)
  local names = redis.call('ZRANGEBYLEX', x, '[' .. member .. '\0', '(' .. member .. '\1')
  return {names, fetch(w, names)}
end
local function touch(ttl, mode)
  ttl = tonumber(ttl)
  if ttl == 0 then return end
  local left = redis.call('PTTL', m)
  -- What is left of a deleted thread stays longer than a thread does.
  if left > ttl and redis.call('EXISTS', c) == 0 and redis.call('HEXISTS', m, 't') == 1 then return end
  if mode == 'sliding' or left < 0 or left > ttl then left = ttl end
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, left) end
end
-- What the former holder of a lease is told.
local function gone(epoch)
  local broken = redis.call('HMGET', m, 'brokenEpoch', 'brokenHow', 'brokenBy')
  if broken[1] == epoch then return {'interrupted', broken[2], broken[3]} end
  return {'lost'}
end
-- Who holds the lease may write; so may everybody while nobody holds it.
local function refused(token, epoch)
  local lease = redis.call('HMGET', m, 'token', 'epoch', 'until', 'holder')
  if token ~= '' then
    if lease[1] ~= token or lease[2] ~= epoch then return gone(epoch) end
  elseif lease[1] and tonumber(lease[3]) > now() then
    return {'busy', lease[4]}
  end
  return nil
end
`;

const READ = String.raw`
local ns, id = ARGV[1], ARGV[2]
local head, thread, count, last = facts(ns)
if id == '' and head ~= '' then
  id = head:sub(37, 36 + struct.unpack('>I4', head, 33))
end
local member = ns .. '\0' .. id
local row = id ~= '' and redis.call('HGET', c, member) or nil
if ARGV[4] == 'sliding' then touch(ARGV[3], ARGV[4]) end
if not row then return {head, thread, count, last, id} end
local names = digests(row)
return {head, thread, count, last, id, row, writes(member), {names, fetch(s, names)}}
`;

const ROWS = String.raw`
local found = {}
for k, member in ipairs(ARGV) do
  local row = redis.call('HGET', c, member)
  found[k] = row and {row, writes(member)} or false
end
return found
`;

const LANES = String.raw`
local names, seen = {}, {}
for _, field in ipairs(redis.call('HKEYS', m)) do
  if field:sub(1, 2) == 'h:' then
    names[#names + 1] = field:sub(3)
    seen[field:sub(3)] = true
  end
end
local from = '-'
while true do
  local member = redis.call('ZRANGEBYLEX', i, from, '+', 'LIMIT', 0, 1)[1]
  if not member then break end
  local ns = member:match('^(.-)%z')
  if not seen[ns] then names[#names + 1] = ns end
  from = '(' .. ns .. '\1'
end
local found = {}
for k, ns in ipairs(names) do found[k] = {ns, facts(ns)} end
return found
`;

const COMMIT = String.raw`
local token, epoch, ttl, mode = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local ns, id, row, head, thread = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]
local no = refused(token, epoch)
if no then return no end
local member = ns .. '\0' .. id
local existing = redis.call('HGET', c, member)
local held = redis.call('HMGET', m, 'h:' .. ns, 't')
local same = (held[1] or ''):sub(1, 32) == ARGV[10] and (held[2] or ''):sub(1, 32) == ARGV[11]
if not same or (existing and '1' or '0') ~= ARGV[12] then
  local found = {facts(ns)}
  return {'conflict', found[1], found[2], found[3], found[4], existing or ''}
end
local sent, missing = {}, {}
for k = 13, #ARGV, 2 do sent[ARGV[k]] = ARGV[k + 1] end
for _, digest in ipairs(digests(row)) do
  if not sent[digest] and redis.call('HEXISTS', s, digest) == 0 then
    missing[#missing + 1] = digest
  end
end
if #missing > 0 then return {'missing', missing} end
for digest, bytes in pairs(sent) do redis.call('HSETNX', s, digest, bytes) end
if existing then redis.call('ZREM', q, ns .. '\0' .. existing:sub(33, 48)) end
redis.call('HSET', c, member, row)
redis.call('ZADD', i, 0, member)
redis.call('ZADD', q, 0, ns .. '\0' .. row:sub(33, 48))
redis.call('HSET', m, 'h:' .. ns, head)
if thread ~= '' then redis.call('HSET', m, 't', thread) end
touch(ttl, mode)
return {'done'}
`;

const COMMIT_WRITES = String.raw`
local no = refused(ARGV[1], ARGV[2])
if no then return no end
local thread = redis.call('HGET', m, 't') or ''
if thread:sub(1, 32) ~= ARGV[5] then return {'conflict', thread} end
for k = 6, #ARGV, 3 do
  local name, mode, row = ARGV[k], ARGV[k + 1], ARGV[k + 2]
  if mode == 'last' or redis.call('HEXISTS', w, name) == 0 then
    redis.call('HSET', w, name, row)
    redis.call('ZADD', x, 0, name)
  end
end
touch(ARGV[3], ARGV[4])
return {'done'}
`;

const ERASE = String.raw`
local no = refused(ARGV[1], ARGV[2])
if no then return no end
local expected, left = {}, 0
for k = 6, #ARGV, 2 do
  expected['h:' .. ARGV[k]] = ARGV[k + 1]
  left = left + 1
end
local fields = {}
for _, field in ipairs(redis.call('HKEYS', m)) do
  if field:sub(1, 2) == 'h:' then
    if redis.call('HGET', m, field):sub(1, 32) ~= expected[field] then return {'conflict'} end
    fields[#fields + 1] = field
    left = left - 1
  end
end
if left ~= 0 then return {'conflict'} end
redis.call('DEL', c, i, q, x, w, s)
for _, field in ipairs(fields) do redis.call('HDEL', m, field) end
-- What waited where a run began: copies of what is deleted. Its heads stay, as they hold no values.
for _, field in ipairs(redis.call('HKEYS', m)) do
  if field:sub(1, 2) == 'p:' then redis.call('HDEL', m, field) end
end
if ARGV[5] ~= '' then redis.call('HSET', m, 't', ARGV[5]) end
if tonumber(ARGV[3]) == 0 then
  redis.call('PERSIST', m)
else
  redis.call('PEXPIRE', m, math.max(tonumber(ARGV[3]), ${DELETION_MARK_MS}))
end
return {'done'}
`;

const REMOVE = String.raw`
local no = refused(ARGV[1], ARGV[2])
if no then return no end
local at, lanes, heads = 4, {}, 0
for _, field in ipairs(redis.call('HKEYS', m)) do
  if field:sub(1, 2) == 'h:' then heads = heads + 1 end
end
-- A lane that came meanwhile may refer to segments that nothing else does.
if heads ~= tonumber(ARGV[3]) then return {'conflict'} end
for _ = 1, tonumber(ARGV[3]) do
  local lane = {ns = ARGV[at], mac = ARGV[at + 1], head = ARGV[at + 2], ids = {}}
  local count = tonumber(ARGV[at + 3])
  for k = 1, count do lane.ids[k] = ARGV[at + 3 + k] end
  at = at + 4 + count
  local head = redis.call('HGET', m, 'h:' .. lane.ns) or ''
  if head:sub(1, 32) ~= lane.mac then return {'conflict'} end
  lanes[#lanes + 1] = lane
end
for _, lane in ipairs(lanes) do
  for _, id in ipairs(lane.ids) do
    local member = lane.ns .. '\0' .. id
    local row = redis.call('HGET', c, member)
    if row then redis.call('ZREM', q, lane.ns .. '\0' .. row:sub(33, 48)) end
    redis.call('HDEL', c, member)
    redis.call('ZREM', i, member)
    for _, name in ipairs(writes(member)[1]) do
      redis.call('HDEL', w, name)
      redis.call('ZREM', x, name)
    end
  end
  redis.call('HSET', m, 'h:' .. lane.ns, lane.head)
end
for k = at, #ARGV do redis.call('HDEL', s, ARGV[k]) end
return {'done'}
`;

/** The scripts by name. */
export const SCRIPTS = {
  read: PRELUDE + READ,
  rows: PRELUDE + ROWS,
  lanes: PRELUDE + LANES,
  commit: PRELUDE + COMMIT,
  commitWrites: PRELUDE + COMMIT_WRITES,
  erase: PRELUDE + ERASE,
  remove: PRELUDE + REMOVE,
  lock: PRELUDE + LEASE_SCRIPTS.lock,
  leave: PRELUDE + LEASE_SCRIPTS.leave,
  marks: PRELUDE + LEASE_SCRIPTS.marks,
  settle: PRELUDE + LEASE_SCRIPTS.settle,
  renew: PRELUDE + LEASE_SCRIPTS.renew,
  unlock: PRELUDE + LEASE_SCRIPTS.unlock,
  stagePut: PRELUDE + STAGE_SCRIPTS.stagePut,
  stageFinish: PRELUDE + STAGE_SCRIPTS.stageFinish,
} as const;

/** Those that write what must not be lost. */
export const WRITING: ReadonlySet<string> = new Set([
  'commit',
  'commitWrites',
  'erase',
  'remove',
  'lock',
  'settle',
  'stageFinish',
]);
