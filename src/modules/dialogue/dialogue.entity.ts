import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ListName } from './lists.rules.js';

/** How something was drawn: by a lot, or by hand. */
export type Draw =
  | { readonly lot: string }
  | {
      readonly drawnOn: string;
      readonly meeting: string;
      readonly witnesses: readonly string[];
    };

/** What was drawn for a list, and what its closing settled; there is none before either. */
@Entity({ schema: 'casework', name: 'speakers_list' })
export class SpeakersList {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'speakers_list_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') list!: ListName;
  /** Where the alphabet begins, alone: a letter or a State; or the sides drawn, in order. */
  @Column('text', { nullable: true, array: true }) drawn!: string[] | null;
  @Column('jsonb', { nullable: true }) draw!: Draw | null;
  @Column('timestamptz', { nullable: true }) closedAt!: Date | null;
  @Column('int', { nullable: true }) memberSeconds!: number | null;
  @Column('int', { nullable: true }) observerSeconds!: number | null;
  /** Whether anybody's term on the body was on record that day. */
  @Column('boolean', { nullable: true }) membersKnown!: boolean | null;
  @Column('int') version!: number;
}

/** Somebody who speaks, with the statement: on a list, or the State under review in a part. */
@Entity({ schema: 'casework', name: 'speaker' })
export class Speaker {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'speaker_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') list!: ListName;
  @Column('text') side!: string;
  @Column('text') filedBy!: string;
  @Column('text', { nullable: true }) part!: 'opening' | 'intermediate' | 'closing' | null;
  /** What an organization declares to be. */
  @Column('text', { nullable: true }) accreditation!: 'ecosoc' | 'nhri-a' | null;
  @Column('boolean', { nullable: true }) accredited!: boolean | null;
  @Column('text', { nullable: true }) class!: 'member' | 'observer' | null;
  @Column('int', { nullable: true }) seconds!: number | null;
  @Column('int', { nullable: true }) place!: number | null;
  @Column('timestamptz') registeredAt!: Date;
  @Column('timestamptz', { nullable: true }) leftAt!: Date | null;
  @Column('timestamptz', { nullable: true }) beganAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('int', { nullable: true }) used!: number | null;
  @Column('boolean', { nullable: true }) cut!: boolean | null;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('int') version!: number;
}

/** A State in whose name another speaks as well; each confirms for itself. */
@Entity({ schema: 'casework', name: 'co_speaker' })
export class CoSpeaker {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'co_speaker_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') speakerId!: string;
  @Column('text') iso3!: string;
  @Column('text') status!: 'invited' | 'confirmed' | 'declined' | 'lapsed';
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
}

/** Two exchange their places, which are those that they had when one proposed it. */
@Entity({ schema: 'casework', name: 'speaker_swap' })
export class SpeakerSwap {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'speaker_swap_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') list!: ListName;
  @Column('uuid') fromId!: string;
  @Column('uuid') withId!: string;
  @Column('int') fromPlace!: number;
  @Column('int') withPlace!: number;
  @Column('text') status!: 'proposed' | 'accepted' | 'declined' | 'lapsed';
  @Column('timestamptz') proposedAt!: Date;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
}
