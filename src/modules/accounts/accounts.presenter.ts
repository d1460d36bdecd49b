import type {
  AccountRow,
  Holdings,
  MembershipRow,
  OrganizationRow,
} from './accounts.repository.js';

export const presentAccount = (row: AccountRow) => ({
  id: row.id,
  email: row.email,
  name: row.name,
  administrator: row.administrator,
  createdAt: row.createdAt.toISOString(),
  disabled: row.disabledAt !== null,
});

export const presentMembership = (row: MembershipRow) => ({
  id: row.id,
  accountId: row.accountId,
  email: row.email,
  name: row.name,
  side: row.side,
  role: row.role,
  permissions: row.permissions,
  until: row.until?.toISOString() ?? null,
  grantedAt: row.grantedAt.toISOString(),
  grantedBy: row.grantedBy,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

export const presentOrganization = (row: Omit<OrganizationRow, 'createdAt'>) => ({
  id: row.id,
  side: `organization:${row.id}`,
  name: row.name,
  acronym: row.acronym,
  kind: row.kind,
});

export const presentHoldings = ({ invitations, ...ends }: Holdings) => ({
  passes: { invitations },
  ends,
});
