import type { Language } from '../../platform/labels/languages.js';

/** What calendars say that no vocabulary has a code for. */
interface CalendarWords {
  /** Of a person's own calendar. */
  readonly title: string;
  readonly plenary: string;
  readonly rehearsal: string;
  readonly moved: (from: string, to: string) => string;
}

export const CALENDAR_WORDS: Record<Language, CalendarWords> = {
  en: {
    title: 'Comity: deadlines and dates',
    plenary: 'Plenary, adoption of the outcome',
    rehearsal: 'Rehearsal',
    moved: (from, to) => `Moved from ${from} to ${to}`,
  },
  fr: {
    title: 'Comity : délais et dates',
    plenary: 'Plénière, adoption des résultats',
    rehearsal: 'Répétition',
    moved: (from, to) => `Déplacé du ${from} au ${to}`,
  },
  es: {
    title: 'Comity: plazos y fechas',
    plenary: 'Pleno, aprobación de los resultados',
    rehearsal: 'Ensayo',
    moved: (from, to) => `Trasladado del ${from} al ${to}`,
  },
  ru: {
    title: 'Comity: сроки и даты',
    plenary: 'Пленарное заседание, утверждение итогов',
    rehearsal: 'Репетиция',
    moved: (from, to) => `Перенесено: было ${from}, стало ${to}`,
  },
  ar: {
    title: 'Comity: المواعيد النهائية والتواريخ',
    plenary: 'الجلسة العامة، اعتماد النتائج',
    rehearsal: 'تجربة',
    moved: (from, to) => `نُقل من ${from} إلى ${to}`,
  },
  zh: {
    title: 'Comity：期限和日期',
    plenary: '全体会议，通过结果',
    rehearsal: '演练',
    moved: (from, to) => `从${from}改到${to}`,
  },
};
