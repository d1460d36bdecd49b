export { Communicant, Intake, IntakeParagraph } from './intake.entity.js';
export { naming } from './intake.schemas.js';
export { IntakeService } from './intake.service.js';
