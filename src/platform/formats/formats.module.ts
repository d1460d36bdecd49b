import { Module } from '@nestjs/common';
import { Inspector } from './inspector.js';

/** Provides what looks files through. */
@Module({ providers: [Inspector], exports: [Inspector] })
export class FormatsModule {}
