import { z } from 'zod'
import { idSchema } from '../ids.ts'

export const whisperInput = z.strictObject({
  ticketId: idSchema,
  agentId: idSchema,
  text: z.string().trim().min(1).max(500),
})
export type Whisper = z.infer<typeof whisperInput>
