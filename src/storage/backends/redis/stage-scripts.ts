/** How long a stage that does not grow is kept. */
export const FORGOTTEN_MS = 3_600_000;

/** Puts rows into a stage: KEYS are m of the thread and the other six of the stage. */
const STAGE_PUT = String.raw`
local no = refused(ARGV[1], ARGV[2])
if no then return no end
local at, segments, rows = 6, tonumber(ARGV[3]), tonumber(ARGV[4])
for _ = 1, segments do
  redis.call('HSET', s, ARGV[at], ARGV[at + 1])
  at = at + 2
end
for _ = 1, rows do
  local ns, id, row = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  redis.call('HSET', c, ns .. '\0' .. id, row)
  redis.call('ZADD', i, 0, ns .. '\0' .. id)
  redis.call('ZADD', q, 0, ns .. '\0' .. row:sub(33, 48))
  at = at + 3
end
for k = at, #ARGV, 2 do
  redis.call('HSET', w, ARGV[k], ARGV[k + 1])
  redis.call('ZADD', x, 0, ARGV[k])
end
for k = 2, 7 do redis.call('PEXPIRE', KEYS[k], ARGV[5]) end
return {'done'}
`;

/** Puts a stage in the place of a thread: KEYS are the seven of the thread, then the six of the stage. */
const STAGE_FINISH = String.raw`
local no = refused(ARGV[1], ARGV[2])
if no then return no end
local thread, threadMac = ARGV[5], ARGV[6]
local count, segments, heads = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
if (redis.call('HGET', m, 't') or ''):sub(1, 32) ~= threadMac then return {'conflict'} end
local at, expected, left = 10 + 2 * heads, {}, 0
for k = at, #ARGV, 2 do
  expected['h:' .. ARGV[k]] = ARGV[k + 1]
  left = left + 1
end
local old = {}
for _, field in ipairs(redis.call('HKEYS', m)) do
  if field:sub(1, 2) == 'h:' then
    if redis.call('HGET', m, field):sub(1, 32) ~= expected[field] then return {'conflict'} end
    old[#old + 1] = field
    left = left - 1
  end
end
if left ~= 0 then return {'conflict'} end
if redis.call('HLEN', KEYS[8]) ~= count or redis.call('ZCARD', KEYS[9]) ~= count
  or redis.call('HLEN', KEYS[13]) ~= segments then return {'conflict'} end
for _, field in ipairs(old) do redis.call('HDEL', m, field) end
for k = 2, 7 do
  redis.call('DEL', KEYS[k])
  if redis.call('EXISTS', KEYS[k + 6]) == 1 then
    redis.call('RENAME', KEYS[k + 6], KEYS[k])
    redis.call('PERSIST', KEYS[k])
  end
end
for k = 10, 9 + 2 * heads, 2 do redis.call('HSET', m, 'h:' .. ARGV[k], ARGV[k + 1]) end
if thread ~= '' then redis.call('HSET', m, 't', thread) end
touch(ARGV[3], ARGV[4])
return {'done'}
`;

/** The scripts of arriving threads, without the prelude that all scripts have. */
export const STAGE_SCRIPTS = { stagePut: STAGE_PUT, stageFinish: STAGE_FINISH } as const;
