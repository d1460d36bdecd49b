import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocumentText } from '../documents/index.js';

/** A file on its way, in pieces: in the desk of who files, for the account alone that began it. */
@Entity({ schema: 'casework', name: 'upload' })
export class Upload {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'upload_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') documentId!: string;
  @Column('uuid') accountId!: string;
  @Column('text') language!: string;
  @Column('text') standing!: DocumentText['standing'];
  /** The version of the document that it changes. */
  @Column('int') ifMatch!: number;
  /** What it was said to be. */
  @Column('text') mediaType!: string;
  /** As it was sent. */
  @Column('text', { nullable: true }) metadata!: string | null;
  @Column('int') length!: number;
  /** Less than the whole until the file was taken: its last byte comes with that. */
  @Column('int') received!: number;
  @Column('int') parts!: number;
  @Column('text') status!: 'open' | 'taken' | 'ended';
  /** By the clock on the wall. */
  @Column('timestamptz') expiresAt!: Date;
}

/** Bytes that have come, as a staged file. */
@Entity({ schema: 'casework', name: 'upload_part' })
export class UploadPart {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'upload_part_pk' }) uploadId!: string;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'upload_part_pk' }) starts!: number;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') accountId!: string;
  @Column('int') bytes!: number;
  @Column('text') fileKey!: string;
}
