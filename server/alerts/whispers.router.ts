import { once } from '../api/once.ts'
import { permitted } from '../api/trpc.ts'
import { whisperInput } from './whispers.contract.ts'

/** Stands under `tickets`, for it is about one. */
export const whisperProcedures = {
  whisper: permitted('tickets.readAll')
    .input(whisperInput)
    .mutation(once(({ ctx, input }) => ctx.services.whispers.whisper(ctx.viewer, input))),
}
