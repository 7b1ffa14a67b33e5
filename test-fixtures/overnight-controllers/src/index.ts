import { GardenServer } from './GardenServer'

new GardenServer().start(Number(process.env.PORT))
