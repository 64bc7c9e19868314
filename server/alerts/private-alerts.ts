/** The reason of a word in one agent's ear: nobody else sees such an alert, whatever they oversee. */
export const WHISPER = 'ticket.whisper'

export const isPrivate = ({ reason }: { reason: string }): boolean => reason === WHISPER
