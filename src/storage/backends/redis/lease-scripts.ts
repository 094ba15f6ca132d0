/**
 * Takes a lease by the clock of the server. Those that wait stand in a line that the server keeps; one that stopped
 * asking loses its place. One that does not wait takes the thread from its holder, who is told so.
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
touch(ARGV[4], ARGV[5])
return {'done', epoch}
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
return {'done'}
`;

/** The scripts of the leases, without what all scripts begin with. */
export const LEASE_SCRIPTS = {
  lock: LOCK,
  leave: LEAVE,
  renew: RENEW,
  unlock: UNLOCK,
} as const;
