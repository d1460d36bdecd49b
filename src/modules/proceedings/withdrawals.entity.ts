import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was withdrawn from the record; kept in the desk of the secretariat that did it. */
@Entity({ schema: 'casework', name: 'withdrawal' })
export class Withdrawal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'withdrawal_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') kind!: string;
  @Column('uuid') itemId!: string;
  /** The item's id in the record. */
  @Column('uuid') publicId!: string;
  @Column('text', { array: true }) parts!: string[];
  /** Unknown, as the reason is, of one that was applied again after a restore. */
  @Column('text', { nullable: true }) ground!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz') at!: Date;
}

/** Somebody asks a secretariat to withdraw something; seen by the two alone. */
@Entity({ schema: 'casework', name: 'withdrawal_request' })
export class WithdrawalRequest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'withdrawal_request_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('uuid') secretariatId!: string;
  @Column('uuid') accountId!: string;
  @Column('text') kind!: string;
  @Column('uuid') publicId!: string;
  @Column('text') why!: string;
  @Column('text') status!: 'open' | 'granted' | 'declined';
  @Column('timestamptz') askedAt!: Date;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('int') version!: number;
}
