/** Where a run begins: the heads of all lanes, sealed by the one who runs, and the writes that wait at them. */
const MARK = String.raw`
local function unmark()
  redis.call('HDEL', m, 'mark')
  local heads = {}
  for _, field in ipairs(redis.call('HKEYS', m)) do
    local kind = field:sub(1, 2)
    if kind == 'k:' or kind == 'p:' then redis.call('HDEL', m, field) end
    if kind == 'h:' then heads[#heads + 1] = field:sub(3) end
  end
  return heads
end
local function mark(seal)
  local heads = unmark()
  redis.call('HSET', m, 'mark', seal)
  for _, ns in ipairs(heads) do
    local head = redis.call('HGET', m, 'h:' .. ns)
    redis.call('HSET', m, 'k:' .. ns, head)
    local id = head:sub(37, 36 + struct.unpack('>I4', head, 33))
    local found = writes(ns .. '\0' .. id)
    for k, name in ipairs(found[1]) do
      if found[2][k] then redis.call('HSET', m, 'p:' .. name, found[2][k]) end
    end
  end
end
`;

/** The heads that a thread has, or had when the run began. */
const HEADS = String.raw`
local function heads(kind)
  local fields, found = {}, {}
  for _, field in ipairs(redis.call('HKEYS', m)) do
    if field:sub(1, 2) == kind then fields[#fields + 1] = field end
  end
  table.sort(fields)
  for k, field in ipairs(fields) do found[k] = {field:sub(3), redis.call('HGET', m, field)} end
  return found
end
`;

const MARKS = String.raw`
return {heads('k:'), redis.call('HGET', m, 'mark') or '', redis.call('HGET', m, 'rollback') or ''}
`;

// After the checkpoints were taken back: the writes that wait at the heads are those of the beginning.
const SETTLE = String.raw`
local no = refused(ARGV[1], ARGV[2])
if no then return no end
local kept = {}
for _, field in ipairs(redis.call('HKEYS', m)) do
  if field:sub(1, 2) == 'k:' then
    local head = redis.call('HGET', m, field)
    local member = field:sub(3) .. '\0' .. head:sub(37, 36 + struct.unpack('>I4', head, 33))
    for _, name in ipairs(writes(member)[1]) do
      redis.call('HDEL', w, name)
      redis.call('ZREM', x, name)
    end
    if redis.call('HEXISTS', c, member) == 1 then kept[#kept + 1] = member .. '\0' end
  end
end
for _, field in ipairs(redis.call('HKEYS', m)) do
  local name = field:sub(3)
  for _, start in ipairs(kept) do
    if field:sub(1, 2) == 'p:' and name:sub(1, #start) == start then
      redis.call('HSET', w, name, redis.call('HGET', m, field))
      redis.call('ZADD', x, 0, name)
    end
  end
end
redis.call('HDEL', m, 'rollback')
return {'done'}
`;

/**
 * Takes a lease by the clock of the server. Those that wait stand in a line that the server keeps; one that stopped
 * asking loses its place. One that does not wait takes the thread from its holder, who is told so. Whoever could take it
 * is told first what has to be sealed, and takes it with the seal if that is still so.
 */
const LOCK = String.raw`
local token, holder, lease, how = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[6]
local time = now()
local held = redis.call('HMGET', m, 'token', 'until', 'holder', 'epoch')
local isHeld = held[1] and held[1] ~= token and tonumber(held[2]) > time
local line, place = {}, 0
for _, entry in ipairs(cjson.decode(redis.call('HGET', m, 'line') or '[]')) do
  if entry.token == token then place = #line + 1 end
  if entry.token == token or entry.till > time then line[#line + 1] = entry end
end
if how == 'enqueue' then
  if place == 0 then place = #line + 1 end
  line[place] = {token = token, holder = holder, till = time + tonumber(ARGV[7])}
end
local isTurn = not isHeld and (#line == 0 or place == 1)
if not isTurn and held[1] ~= token and (how == 'reject' or how == 'enqueue') then
  if how == 'enqueue' then redis.call('HSET', m, 'line', cjson.encode(line)) end
  return {'busy', isHeld and held[3] or line[1].holder}
end
local pending = redis.call('HGET', m, 'rollback')
local isOrder = isHeld and how == 'rollback' and not pending
local marked, basis = redis.call('HGET', m, 'mark') or '', tostring(held[4])
local current, begun = heads('h:'), heads('k:')
for _, head in ipairs(current) do basis = basis .. head[1] .. '\0' .. head[2] end
basis = redis.sha1hex(basis .. marked)
if isOrder and marked == '' then return {'busy', held[3]} end
if ARGV[8] ~= basis then
  return {'seal', basis, tonumber(held[4] or '0'), current, isOrder and 1 or 0, begun, marked}
end
if place > 0 then table.remove(line, place) end
if #line > 0 then
  redis.call('HSET', m, 'line', cjson.encode(line))
else
  redis.call('HDEL', m, 'line')
end
if isHeld then
  redis.call('HSET', m, 'brokenEpoch', held[4], 'brokenHow', how, 'brokenBy', holder)
end
local epoch = redis.call('HINCRBY', m, 'epoch', 1)
redis.call('HSET', m, 'token', token, 'until', string.format('%d', time + lease), 'holder', holder)
if isOrder then redis.call('HSET', m, 'rollback', ARGV[10]) end
pending = pending or isOrder
if not pending then mark(ARGV[9]) end
touch(ARGV[4], ARGV[5])
return {'done', epoch, pending and 1 or 0}
`;

const LEAVE = String.raw`
local line = {}
for _, entry in ipairs(cjson.decode(redis.call('HGET', m, 'line') or '[]')) do
  if entry.token ~= ARGV[1] then line[#line + 1] = entry end
end
if #line > 0 then
  redis.call('HSET', m, 'line', cjson.encode(line))
else
  redis.call('HDEL', m, 'line')
end
return {'done'}
`;

// A lease that nobody has had since is taken up again: the server may have lost it with everything else.
const RENEW = String.raw`
local held = redis.call('HMGET', m, 'token', 'epoch')
local isTaken = held[1] and held[1] ~= ARGV[1]
if isTaken or tonumber(held[2] or '0') > tonumber(ARGV[2]) then return gone(ARGV[2]) end
local till = string.format('%d', now() + tonumber(ARGV[3]))
redis.call('HSET', m, 'token', ARGV[1], 'epoch', ARGV[2], 'until', till, 'holder', ARGV[4])
if redis.call('PTTL', m) < 0 then touch(ARGV[5], 'fixed') end
return {'done'}
`;

const UNLOCK = String.raw`
local held = redis.call('HMGET', m, 'token', 'epoch')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then return {'lost'} end
redis.call('HDEL', m, 'token', 'until', 'holder')
if redis.call('HEXISTS', m, 'rollback') == 0 then unmark() end
return {'done'}
`;

/** The scripts of the leases, without what all scripts begin with. */
export const LEASE_SCRIPTS = {
  lock: MARK + HEADS + LOCK,
  marks: HEADS + MARKS,
  settle: SETTLE,
  leave: LEAVE,
  renew: RENEW,
  unlock: MARK + UNLOCK,
} as const;
