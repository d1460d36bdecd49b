import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TestAnswer } from '../../kernel/admissibility.js';

/** What was answered to a test of admissibility: never changed, but by another answer after it. */
@Entity({ schema: 'casework', name: 'test_answer' })
export class AnsweredTest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'test_answer_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') test!: string;
  /** Counted over all tests of the proceeding. */
  @Column('int') n!: number;
  @Column('text') answer!: TestAnswer;
  @Column('text') reasons!: string;
  @Column('text') byRole!: string;
  @Column('timestamptz') answeredAt!: Date;
}
