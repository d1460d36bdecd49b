import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was withdrawn; kept in the desk of the secretariat that did it. */
@Entity({ schema: 'casework', name: 'withdrawal' })
export class Withdrawal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'withdrawal_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') kind!: string;
  @Column('uuid') itemId!: string;
  /** The item's id in the record; of what was not published, the one that it would have had. */
  @Column('uuid') publicId!: string;
  @Column('boolean') published!: boolean;
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
  /** Of the record; else the item is named by its id in casework. */
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('uuid', { nullable: true }) itemId!: string | null;
  @Column('text') why!: string;
  @Column('text') status!: 'open' | 'granted' | 'declined';
  @Column('timestamptz') askedAt!: Date;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('int') version!: number;
}

/**
 * Whose an item is of which that was withdrawn: the item's own row shows the mask. The same row in
 * the desk of each of those who may still learn it.
 */
@Entity({ schema: 'casework', name: 'authorship' })
export class Authorship {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'authorship_pk' }) itemId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'authorship_pk' }) compartment!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') side!: string;
  @Column('text') filedBy!: string;
  /** Of a recommendation: the States that made it, and how each stands to it. */
  @Column('jsonb', { nullable: true }) states!: readonly object[] | null;
}
