import { Router, type Request, type Response } from 'express'
import { Container, Service } from 'typedi'
import { PatientStore } from './PatientStore'

@Service()
export class PatientsController {
  routes(): Router {
    const router = Router()
    const store = Container.get(PatientStore)
    router.get('/', (_req: Request, res: Response) => void res.json(store.all()))
    router.get('/:id', (req: Request, res: Response) => void res.json(store.byId(String(req.params.id))))
    return router
  }
}
