export function findChromium():
  | { program: string; reason?: undefined }
  | { program: null; reason: string };
