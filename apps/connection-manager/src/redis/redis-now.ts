/** Milliseconds since the epoch by Redis' clock, as `now`, for the start of a script. */
export const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;
