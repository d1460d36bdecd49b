import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'identity', name: 'signature' })
export class Signature {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'signature_pk' }) id!: string;
  @Column('uuid') principalId!: string;
  @Column('uuid') membershipId!: string;
  @Column('uuid') delegateId!: string;
  @Column('timestamptz') grantedAt!: Date;
  @Column('timestamptz') startsAt!: Date;
  @Column('timestamptz') endsAt!: Date;
  @Column('uuid', { nullable: true }) revokedBy!: string | null;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}
