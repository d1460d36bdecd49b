import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Drawn } from '../../kernel/lots.js';

/** A lot: announced and drawn here, or drawn by hand in a meeting. */
@Entity({ schema: 'casework', name: 'lot' })
export class Lot {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lot_pk' }) id!: string;
  /** Its review; of a lot of a session, the first of its reviews by State. */
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') sessionId!: string;
  /** The State whose review it is for; null: the whole session. */
  @Column('text', { nullable: true }) state!: string | null;
  @Column('text') purpose!: string;
  @Column('text') method!: 'sealed' | 'by-hand';
  @Column('text') status!: 'announced' | 'drawn' | 'cancelled';
  /** Canonical text (RFC 8785), and its digest as it was announced. */
  @Column('text') input!: string;
  @Column('text') inputDigest!: string;
  @Column('timestamptz', { nullable: true }) announcedAt!: Date | null;
  @Column('text', { nullable: true }) commitment!: string | null;
  @Column('timestamptz', { nullable: true }) knownFrom!: Date | null;
  @Column('text', { nullable: true }) publicValue!: string | null;
  /** Once it was drawn; until then it is sealed, where nobody looks. */
  @Column('text', { nullable: true }) seed!: string | null;
  @Column('jsonb', { nullable: true }) result!: Drawn[] | null;
  @Column('timestamptz', { nullable: true }) drawnAt!: Date | null;
  @Column('date', { nullable: true }) drawnOn!: string | null;
  @Column('text', { nullable: true }) meeting!: string | null;
  @Column('text', { nullable: true, array: true }) witnesses!: string[] | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;
  /** The same as its id, once it stands in the record. */
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('int') version!: number;
}

/** What a State under review asks of its troika, or a rapporteur of the review. */
@Entity({ schema: 'casework', name: 'troika_request' })
export class TroikaRequest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'troika_request_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') kind!: 'own-region' | 'substitution' | 'excusal';
  /** Who is to be replaced. */
  @Column('text', { nullable: true }) rapporteur!: string | null;
  @Column('text') status!: 'open' | 'granted' | 'declined';
  @Column('timestamptz') askedAt!: Date;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('int') version!: number;
}
