import type { ChildProcess } from 'node:child_process';

export function guard(child: ChildProcess, signal: NodeJS.Signals): void;
