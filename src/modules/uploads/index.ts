export { Upload, UploadPart } from './uploads.entity.js';
