import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'identity', name: 'invitation' })
export class Invitation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invitation_pk' }) id!: string;
  @Column('text') email!: string;
  @Column('uuid') principalId!: string;
  @Column('text') role!: string;
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  @Column('text') language!: string;
  @Column('uuid') invitedBy!: string;
  @Column('timestamptz') invitedAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('text', { nullable: true }) tokenHash!: string | null;
  @Column('timestamptz', { nullable: true }) acceptedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}
