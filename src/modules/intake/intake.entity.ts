import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConfidenceGround, Naming } from '../../kernel/intake-rules.js';

/** The form by which a proceeding is filed, in the desk of the side that prepares it. */
@Entity({ schema: 'casework', name: 'intake' })
export class Intake {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'intake_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') naming!: Naming;
  @Column('int') version!: number;
}

/** A paragraph of a field: as it was written, in the desk; and what each audience gets of it. */
@Entity({ schema: 'casework', name: 'intake_paragraph' })
export class IntakeParagraph {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'intake_paragraph_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') field!: string;
  @Column('int') place!: number;
  /** Null where it was given in confidence, and this is for others. */
  @Column('text', { nullable: true }) text!: string | null;
  @Column('boolean') inConfidence!: boolean;
  @Column('text', { nullable: true }) ground!: ConfidenceGround | null;
  /** What is feared; for those alone who may read what is confidential. */
  @Column('text', { nullable: true }) explanation!: string | null;
}

/** One of those who file: by name where whoever reads here may know it. */
@Entity({ schema: 'casework', name: 'communicant' })
export class Communicant {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'communicant_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('int') place!: number;
  @Column('text') kind!: 'person' | 'organization' | 'group';
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) contact!: string | null;
}
