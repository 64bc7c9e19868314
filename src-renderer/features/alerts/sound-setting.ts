import { useLocalStorage } from '@vueuse/core'

/** Whether urgent alerts are heard on this device; on until somebody turns it off here. */
export const soundOn = useLocalStorage('balcao.alertSound', true)
