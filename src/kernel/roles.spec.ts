import { describe, expect, it } from '@jest/globals';
import { sample } from '../../test/mechanisms/sample-definition.js';
import { rolesOf, type Seat } from './roles.js';

const participants = [
  { role: 'party', principal: 'state:SVN' },
  { role: 'author', principal: 'organization:7' },
];
const roles = (...seats: Seat[]): string[] => rolesOf(sample, { participants, seats });

describe('rolesOf', () => {
  it('knows participants by their principal', () => {
    expect(roles({ principal: 'organization:7' })).toEqual(['author']);
    expect(roles({ principal: 'organization:8' })).toEqual([]);
  });

  it('knows the holders of a standing principal', () => {
    expect(roles({ principal: 'secretariat:sample', role: 'officer' })).toEqual(['secretariat']);
    expect(roles({ principal: 'clock' })).toEqual(['clock']);
  });

  it('counts out whoever holds an excepted role', () => {
    expect(roles({ principal: 'states' }, { principal: 'state:FRA' })).toEqual(['observer']);
    expect(roles({ principal: 'states' }, { principal: 'state:SVN' })).toEqual(['party']);
  });

  it('asks for the seat where the role has one', () => {
    expect(roles({ principal: 'body:committee', role: 'member' })).toEqual([]);
    expect(roles({ principal: 'body:committee', role: 'chair' })).toEqual(['chair']);
  });
});
