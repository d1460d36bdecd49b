import type { Language } from '../../platform/labels/languages.js';
import type { ROLES } from './accounts.schemas.js';

type Role = keyof typeof ROLES;

/** The roles of a side's members, as mail calls them. */
export const ROLE_NAMES: Record<Language, Record<Role, string>> = {
  ar: {
    head: 'رئيس الوفد',
    officer: 'موظف مسؤول',
    'focal-point': 'جهة اتصال',
    president: 'الرئيس',
    drafter: 'محرر مسودات',
  },
  en: {
    head: 'head',
    officer: 'officer',
    'focal-point': 'focal point',
    president: 'president',
    drafter: 'drafter',
  },
  es: {
    head: 'responsable',
    officer: 'oficial',
    'focal-point': 'punto focal',
    president: 'presidencia',
    drafter: 'redacción',
  },
  fr: {
    head: 'responsable',
    officer: 'administrateur',
    'focal-point': 'point focal',
    president: 'présidence',
    drafter: 'rédaction',
  },
  ru: {
    head: 'руководитель',
    officer: 'ответственный сотрудник',
    'focal-point': 'координатор',
    president: 'председатель',
    drafter: 'составитель',
  },
  zh: {
    head: '负责人',
    officer: '干事',
    'focal-point': '联络人',
    president: '主席',
    drafter: '起草人',
  },
};

/** A role that has no name is told by its key. */
export const roleName = (language: Language, role = ''): string =>
  (ROLE_NAMES[language] as Record<string, string>)[role] ?? role;
