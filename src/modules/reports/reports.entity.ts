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

/** A member of the troika agrees to one version of the draft report. */
@Entity({ schema: 'casework', name: 'sign_off' })
export class SignOff {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sign_off_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') documentId!: string;
  @Column('int') documentVersion!: number;
  @Column('text') side!: string;
  @Column('timestamptz') signedAt!: Date;
}
