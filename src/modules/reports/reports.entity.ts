import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The list of recommendations as it was sent to all States. */
@Entity({ schema: 'casework', name: 'circulation' })
export class Circulation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'circulation_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('int') n!: number;
  @Column('text') bySide!: string;
  /** Which wording of which recommendation: the words stand there, and can be withdrawn there. */
  @Column('jsonb') list!: readonly {
    readonly recommendationId: string;
    readonly wording: number;
  }[];
  @Column('timestamptz') circulatedAt!: Date;
}

/** A member of the troika agrees to one version of the draft report, on the list then circulated. */
@Entity({ schema: 'casework', name: 'sign_off' })
export class SignOff {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sign_off_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') documentId!: string;
  @Column('int') documentVersion!: number;
  @Column('text') side!: string;
  /** Which list was before all States; null where none was asked for. */
  @Column('int', { nullable: true }) circulation!: number | null;
  @Column('timestamptz') signedAt!: Date;
}

/** What a State reserves, or has said, on the adoption of the report. */
@Entity({ schema: 'casework', name: 'reservation' })
export class Reservation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reservation_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') state!: string;
  @Column('text') kind!: 'reservation' | 'statement';
  @Column('text') text!: string;
  @Column('date') madeOn!: string;
  @Column('timestamptz') recordedAt!: Date;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
  @Column('int') version!: number;
}
