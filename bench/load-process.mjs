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
  const { non2xx, errors, timeouts } = result;
  const failed = non2xx + errors + timeouts;
  if (failed > 0)
    console.error(`${url}: ${non2xx} not 2xx, ${errors} errors, ${timeouts} timeouts`);
  process.send({ rate: result['2xx'] / result.duration, failed });
  process.disconnect();
});
