import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Permission } from '../../platform/identity/viewer.js';

@Entity({ schema: 'identity', name: 'account' })
export class Account {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_pk' }) id!: string;
  /** All three, or none: whoever bears a case key has no name. */
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) passwordHash!: string | null;
  @Column('boolean') administrator!: boolean;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) disabledAt!: Date | null;
  @Column('text', { nullable: true }) language!: string | null;
}

@Entity({ schema: 'identity', name: 'membership' })
export class Membership {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'membership_pk' }) id!: string;
  @Column('uuid') accountId!: string;
  @Column('uuid') principalId!: string;
  @Column('text') role!: string;
  @Column('text', { array: true }) permissions!: Permission[];
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  @Column('uuid') grantedBy!: string;
  @Column('timestamptz') grantedAt!: Date;
  @Column('uuid', { nullable: true }) revokedBy!: string | null;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}

@Entity({ schema: 'identity', name: 'principal' })
export class Principal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'principal_pk' }) id!: string;
  @Column('text') key!: string;
  @Column('text') kind!: string;
  @Column('uuid', { nullable: true }) within!: string | null;
}

@Entity({ schema: 'identity', name: 'organization' })
export class Organization {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organization_pk' }) id!: string;
  @Column('uuid') principalId!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) acronym!: string | null;
  @Column('text') kind!: string;
  @Column('timestamptz') createdAt!: Date;
}
