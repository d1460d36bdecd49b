// npm run lint:contract: openapi.yaml by Redocly's strict rules, and by Spectral's for OpenAPI and
// for OWASP's list of API risks. Errors and warnings alike fail, unless lint-exceptions.mjs names
// them with a reason.
import { createConfig, lint } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import owasp from '@stoplight/spectral-owasp-ruleset';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { main, root } from './command.mjs';
import { EXCEPTIONS } from './lint-exceptions.mjs';

const file = path.resolve(process.argv[2] ?? path.join(root, 'openapi.yaml'));

async function bySpectral() {
  const linter = new spectral.Spectral();
  const risks = owasp.default ?? owasp;
  linter.setRuleset({
    extends: [
      [rulesets.oas, 'recommended'],
      [risks, 'all'],
    ],
    rules: { 'oas3-parameter-description': true }, // which is recommended to nobody
  });
  const text = new spectral.Document(readFileSync(file, 'utf8'), parsers.Yaml, file);
  const found = await linter.run(text);
  return found.map(({ code, message, path: steps }) => ({
    rule: String(code),
    at: `/${steps.join('/')}`,
    message,
  }));
}

async function byRedocly() {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const found = await lint({ ref: file, config });
  return found.map(({ ruleId, message, location: [{ pointer = '' } = {}] }) => ({
    rule: ruleId,
    at: pointer.replace('#', '').replaceAll('~1', '/').replaceAll('~0', '~'),
    message,
  }));
}

await main(async () => {
  const found = [...(await bySpectral()), ...(await byRedocly())];
  const named = EXCEPTIONS.map(({ rule, at }) => ({ rule: new RegExp(`^${rule}$`), at, used: 0 }));
  const faults = found.filter(({ rule, at }) => {
    const known = named.find((each) => each.rule.test(rule) && each.at.test(at));
    if (known) known.used += 1;
    return !known;
  });
  for (const { rule, at, message } of faults) console.error(`${rule} at ${at}: ${message}`);
  const idle = named.filter(({ used }) => used === 0);
  for (const { rule, at } of idle) console.error(`No exception is needed for ${rule} at ${at}`);
  const excepted = found.length - faults.length;
  console.log(`${faults.length} faults; ${excepted} places in ${named.length} named exceptions`);
  return faults.length + idle.length > 0 ? 1 : 0;
});
