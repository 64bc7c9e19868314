/** Offers `content` to the user as a download called `name`. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download reads the blob after this task; a minute is ample and the page holds it no longer.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
