import { isIPv6 } from 'node:net';

/**
 * Whom an address counts as. A home has a whole /64 of IPv6 to ask from, so that counts as one;
 * IPv4 is itself, however it is written.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [before = '', after] = (address.split('%', 1)[0] ?? '').split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  // A last part with dots stands for two.
  const length = head.length + tail.length + (/\.\d+$/.test(address) ? 1 : 0);
  const zeros = after === undefined ? [] : Array.from({ length: 8 - length }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
