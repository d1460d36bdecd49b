import { Module } from '@nestjs/common';
import { MechanismsService } from './mechanisms.service.js';

@Module({ providers: [MechanismsService], exports: [MechanismsService] })
export class MechanismsModule {}
