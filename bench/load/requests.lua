-- For wrk: posts the lines of a file in turn, and writes what was measured as JSON.
local texts, number, accept = {}, 0, "application/sparql-results+json"

function init(args)
  for line in io.lines(args[1]) do texts[#texts + 1] = line end
  number = math.random(#texts)
end

function request()
  number = number % #texts + 1
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Accept"] = accept }
  return wrk.format("POST", nil, headers, texts[number])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
