// The load generator's process: takes one load by message, answers `{rate, failed}`.
import autocannon from 'autocannon';

process.once('message', async ({ url, paths, headers, seconds, connections }) => {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers,
    requests: paths.map((path) => ({ method: 'GET', path })),
  });
  process.send({
    rate: result['2xx'] / result.duration,
    failed: result.non2xx + result.errors + result.timeouts,
  });
  process.disconnect();
});
