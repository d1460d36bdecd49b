import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultOfUrl, isPublic } from './targets.rules.js';

describe('an address of the network', () => {
  it.each([
    ['this network', '0.0.0.0', '0.1.2.3'],
    ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
    [
      'link-local, metadata among them',
      '169.254.0.1',
      '169.254.169.254',
      'fe80::1',
      'fe80::1%eth0',
    ],
    ['shared by a carrier', '100.64.0.1', '100.100.100.200', '100.127.255.255'],
    ['unique local, metadata among them', 'fc00::1', 'fd00:ec2::254'],
    ['multicast and broadcast', '224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255'],
    ['reserved', '240.0.0.1', '192.0.0.192', '198.18.0.1', '100::1', '5f00::1', '4000::1'],
    ['for documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
    ['of the host of a virtual machine', '168.63.129.16'],
    ['IPv4 in IPv6, mapped', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1'],
    ['IPv4 in IPv6, compatible', '::127.0.0.1', '::8.8.8.8', '::'],
    ['IPv4 in IPv6, 6to4', '2002:7f00:1::', '2002:a00:1::1', '192.88.99.1'],
    ['IPv4 in IPv6, NAT64', '64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::a00:1'],
    ['IPv4 in IPv6, translated', '::ffff:0:127.0.0.1'],
    ['IPv4 in IPv6, Teredo', '2001:0:7f00:1::', '2001::1'],
    ['site-local', 'fec0::1'],
    ['no address', '', 'localhost', '127.1', '0x7f000001', '2130706433', '017700000001', '1.2.3'],
  ])('is not public: %s', (_, ...addresses) => {
    for (const address of addresses) expect([address, isPublic(address)]).toEqual([address, false]);
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '193.2.1.66', '2606:4700::1111'])(
    'is public: %s',
    (address) => expect(isPublic(address)).toBe(true),
  );
});

describe('an address to post to', () => {
  const refused = [
    ['no URL', 'delegation.example', '', 'https://', '//delegation.example/', 'https://[::1'],
    ['another scheme', 'http://delegation.example/', 'ftp://delegation.example/'],
    ['no web at all', 'file:///etc/passwd', 'javascript:alert(1)', 'unix:/run/x.sock'],
    ['credentials', 'https://a:b@delegation.example/', 'https://a@delegation.example/'],
    ['a fragment', 'https://delegation.example/#here'],
    ['a port of another service', 'https://delegation.example:22/', 'https://a.example:25/'],
    ['loopback', 'https://127.0.0.1/', 'https://[::1]/', 'https://127.1/', 'https://0/'],
    ['loopback in other digits', 'https://2130706433/', 'https://0x7f000001/'],
    ['loopback in octal', 'https://017700000001/', 'https://0177.0.0.1/', 'https://0x7f.1/'],
    ['loopback in other letters', 'https://①②⑦.0.0.1/', 'https://127。0。0。1/'],
    ['loopback, escaped', 'https://%31%32%37.0.0.1/', 'https://127.0.0.1./'],
    ['loopback by name', 'https://localhost/', 'https://localhost./', 'https://LOCALHOST:8443/'],
    ['a name below it', 'https://a.localhost/', 'https://ⓛocalhost/', 'https://a.localhost./'],
    ['metadata', 'https://169.254.169.254/latest/', 'https://[fd00:ec2::254]/'],
    ['metadata by name', 'https://metadata.google.internal/', 'https://metadata/'],
    [
      'wrapped',
      'https://[::ffff:127.0.0.1]/',
      'https://[64:ff9b::a00:1]/',
      'https://[2002:a00:1::]/',
    ],
    ['names of the house', 'https://printer.local/', 'https://db/', 'https://router.home.arpa/'],
    ['private', 'https://10.0.0.1/', 'https://192.168.0.1:8443/', 'https://172.16.5.4/'],
  ];
  it.each(refused)('is refused: %s', (_, ...urls) => {
    for (const url of urls)
      expect([url, faultOfUrl(url, 'public')]).toEqual([url, expect.any(String)]);
  });

  it('is any of the public web', () => {
    for (const url of [
      'https://delegation.example/hook?token=1',
      'https://delegation.example./',
      'https://delegation.example:8443/hook',
      'https://bücher.example/',
      'https://8.8.8.8/',
      'https://[2606:4700::1111]/hook',
      'https://localhost.example/',
    ]) {
      expect([url, faultOfUrl(url, 'public')]).toEqual([url, null]);
    }
  });

  it('is never one of an address that is not public, however its digits are written', () => {
    const inward = fc.constantFrom('10.1.2.3', '127.0.0.1', '192.168.7.9', '169.254.169.254');
    const digits = fc.constantFrom(10, 8, 16);
    fc.assert(
      fc.property(inward, digits, fc.integer({ min: 0, max: 3 }), (address, base, kept) => {
        const parts = address.split('.').map(Number);
        // The last number stands for all that come after the kept ones.
        const rest = parts.slice(kept).reduce((sum, part) => sum * 256 + part, 0);
        const mark = { 8: '0', 10: '', 16: '0x' }[base];
        const host = [...parts.slice(0, kept), rest].map((n) => mark + n.toString(base)).join('.');
        expect(faultOfUrl(`https://${host}/`, 'public')).not.toBeNull();
      }),
    );
  });

  it('may be inward where whoever runs the house says so, for a trial', () => {
    expect(faultOfUrl('http://127.0.0.1:9000/hook', 'any')).toBeNull();
    expect(faultOfUrl('http://localhost/hook', 'any')).toBeNull();
    expect(faultOfUrl('ftp://127.0.0.1/', 'any')).not.toBeNull();
    expect(faultOfUrl('http://a:b@127.0.0.1/', 'any')).not.toBeNull();
  });
});
