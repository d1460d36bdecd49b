import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody’s term on a body, in personal capacity. Dates are ISO calendar dates. */
@Entity({ schema: 'reference', name: 'body_member' })
export class BodyMember {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'body_member_pk' }) id!: string;
  @Column('text') bodyKey!: string;
  @Column('text') name!: string;
  @Column('text', { array: true }) nationalities!: string[];
  @Column('text') seat!: 'member' | 'chair';
  @Column('text') basis!: string;
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validUntil!: string | null;
}

/** That a term ended before its time. */
@Entity({ schema: 'reference', name: 'body_member_end' })
export class BodyMemberEnd {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'body_member_end_pk' }) memberId!: string;
  @Column('date') endedOn!: string;
  @Column('text') reason!: string;
  @Column('timestamptz') enteredAt!: Date;
}

/** That a member may be partial: said by the member, or by a side. */
@Entity({ schema: 'casework', name: 'conflict' })
export class Conflict {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'conflict_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') memberId!: string;
  /** The role that says so; and the side, where it is not the member. */
  @Column('text') raisedBy!: string;
  @Column('text', { nullable: true }) raisedSide!: string | null;
  @Column('text') ground!: string;
  @Column('text') text!: string;
  @Column('boolean') stepsAside!: boolean;
  @Column('timestamptz') declaredAt!: Date;
  @Column('text') status!: 'open' | 'recused' | 'kept';
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('int') version!: number;
}

/** What a person keeps of what was said of them, whatever becomes of their access to the case. */
@Entity({ schema: 'identity', name: 'recusal' })
export class Recusal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'recusal_pk' }) id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') mechanism!: string;
  @Column('text', { nullable: true }) number!: string | null;
  @Column('text') ground!: string;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('timestamptz') declaredAt!: Date;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  @Column('boolean') recused!: boolean;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('jsonb') readings!: readonly object[];
  @Column('timestamptz', { nullable: true }) destroyedAt!: Date | null;
}
