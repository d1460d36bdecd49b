import type { People } from './people.js';
import type { AskedQuestions } from './read-questions.js';

/** As many as one filing holds. */
const MOST_QUESTIONS = 50;

/** Each State files what it asked, in the order in which it was circulated. */
export async function askQuestions(
  review: string,
  asked: readonly AskedQuestions[],
  people: People,
): Promise<void> {
  const path = { id: review };
  for (const { state, group, questions } of asked) {
    const delegation = await people.head(state);
    for (let from = 0; from < questions.length; from += MOST_QUESTIONS) {
      const some = questions.slice(from, from + MOST_QUESTIONS);
      const body = { questions: some, ...(group !== undefined && { group }) };
      await delegation.post('/v1/reviews/{id}/questions', { path, body });
    }
  }
}
