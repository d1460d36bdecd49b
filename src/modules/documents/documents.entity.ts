import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Finding } from '../../platform/formats/finding.js';
import type { ReceivedHow } from '../proceedings/index.js';

/** What became of a partner that was asked. */
export const PARTNER_STATUSES = [
  'asked',
  'accepted',
  'declined',
  'lapsed',
  'left',
  'removed',
] as const;

/** A filing. It lies in its side's desk, then where the definition puts what is handed in. */
@Entity({ schema: 'casework', name: 'document' })
export class Document {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'document_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') kind!: string;
  /** Whose document it is. */
  @Column('text') side!: string;
  /** Who prepares and hands it in; differs from `side` when done on its behalf. */
  @Column('text') filedBy!: string;
  @Column('text') title!: string;
  @Column('text', { nullable: true }) symbol!: string | null;
  @Column('text') status!: 'draft' | 'submitted' | 'published';
  @Column('boolean') late!: boolean;
  @Column('boolean') overLimit!: boolean;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  /** When its side handed it to who filed it, and how; null where it was filed by its own side. */
  @Column('timestamptz', { nullable: true }) receivedAt!: Date | null;
  @Column('text', { nullable: true }) receivedHow!: ReceivedHow | null;
  /** The languages that it is to be had in, once that was said. */
  @Column('jsonb', { nullable: true }) languages!: readonly string[] | null;
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('int') version!: number;
}

@Entity({ schema: 'casework', name: 'document_version' })
export class DocumentVersion {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'document_version_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') documentId!: string;
  @Column('int') n!: number;
  @Column('text') status!: 'draft' | 'submitted';
  @Column('text') bySide!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  /** Changes of a corrigendum: they count for those alone who see it, so that nobody else can tell. */
  @Column('int') edits!: number;
}

@Entity({ schema: 'casework', name: 'document_text' })
export class DocumentText {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'document_text_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') versionId!: string;
  @Column('text') language!: string;
  @Column('text') standing!: 'original' | 'official' | 'courtesy' | 'machine';
  /** The copy that everybody may get who may see the document: scrubbed. */
  @Column('text') fileKey!: string;
  @Column('text') mediaType!: string;
  @Column('bigint') bytes!: string;
  @Column('text') sha256!: string;
  @Column('text') salt!: string;
  @Column('int') words!: number;
  @Column('jsonb') leftOut!: { part: string; words: number }[];
  /** What it seems to be in, where there is enough text to say; as a language tag begins. */
  @Column('text', { nullable: true }) languageFound!: string | null;
  /** Its words: for the record's search, and for whoever writes a summary from them. */
  @Column('text', { nullable: true, select: false }) body!: string | null;
  @Column('timestamptz') uploadedAt!: Date;
}

/**
 * Before whom a document comes, and from when; only where somebody has asked. The same row in the
 * desk of each side that decides about it, written by the procedure.
 */
@Entity({ schema: 'casework', name: 'publication' })
export class Publication {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'publication_pk' }) documentId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'publication_pk' }) compartment!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') audience!: 'public' | 'parties';
  /** End of an embargo; the grace comes after it. */
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz', { nullable: true }) firstAskedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) warnedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  /** Who asked; the side whose document it is, once that has asked itself. */
  @Column('text') askedBy!: string;
  /** Changes: they count for those alone who see them. */
  @Column('int') edits!: number;
}

/**
 * An organization that is asked to file a document with its lead. The same row in both their desks;
 * where the document lies, once it was handed in, those who are named.
 */
@Entity({ schema: 'casework', name: 'partner' })
export class Partner {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'partner_pk' }) id!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'partner_pk' }) compartment!: string;
  @Column('uuid') proceedingId!: string;
  @Column('uuid') documentId!: string;
  @Column('text') side!: string;
  @Column('text') status!: (typeof PARTNER_STATUSES)[number];
  /** It stands, and only the lead and itself know. */
  @Column('boolean') sealed!: boolean;
  /** The deadline until which it may accept. */
  @Column('text') acceptedUntil!: string;
  /** How long it may beyond that deadline, for a file that was registered before it (ISO 8601). */
  @Column('text', { nullable: true }) extendedBy!: string | null;
  @Column('timestamptz') askedAt!: Date;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  /** The text that it accepted, as everybody gets it. */
  @Column('text', { nullable: true }) acceptedSha256!: string | null;
  /** Changes: they count for those alone who see them. */
  @Column('int') edits!: number;
}

/** The file as its side sent it, in that side's desk for good, with what it told of them. */
@Entity({ schema: 'casework', name: 'document_original' })
export class DocumentOriginal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'document_original_pk' }) textId!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') fileKey!: string;
  @Column('bigint') bytes!: string;
  @Column('text') sha256!: string;
  @Column('jsonb') found!: readonly Finding[];
}

/** A file that was announced by its digest before it was sent, in the desk of who files it. */
@Entity({ schema: 'casework', name: 'registration' })
export class Registration {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'registration_pk' }) documentId!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') sha256!: string;
  @Column('timestamptz') registeredAt!: Date;
}
