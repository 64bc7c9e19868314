import { useFormat } from '../../i18n/use-format.ts'

const STEP = 1024

/** "840 B", "12 KB", "3,4 MB" in the user's own decimals. */
export function useFileSize(): (bytes: number) => string {
  const { number } = useFormat()
  return (bytes) => {
    if (bytes < STEP) return `${number(bytes)} B`
    if (bytes < STEP * STEP) return `${number(Math.round(bytes / STEP))} KB`
    return `${number(bytes / STEP / STEP, { maximumFractionDigits: 1 })} MB`
  }
}
