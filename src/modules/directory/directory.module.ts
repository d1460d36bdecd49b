import { Module } from '@nestjs/common';
import { DirectoryController } from './directory.controller.js';
import { DirectoryService } from './directory.service.js';
import { PartiesController } from './parties.controller.js';
import { PartiesService } from './parties.service.js';

@Module({
  controllers: [DirectoryController, PartiesController],
  providers: [DirectoryService, PartiesService],
})
export class DirectoryModule {}
