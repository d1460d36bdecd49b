export function makeScratch(purpose: string): string;
