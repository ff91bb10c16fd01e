import { Controller } from '@nestjs/common';
import { catalogContract, CatalogHandlers } from '@snowflow/contracts/catalog/catalog.contract';
import type { SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import {
  type AnalystAnswerView,
  AskSemanticModel,
  SaveSemanticModel,
  type SemanticModelDetailView,
  SemanticModelsQuery,
  type SemanticModelView,
  type SemanticValidationView,
  ValidateSemanticModel,
} from '@snowflow/contracts/catalog/semantic-models.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { AskSemanticModelService } from './ask-semantic-model.service';
import { SaveSemanticModelService } from './save-semantic-model.service';
import { SemanticModelsService } from './semantic-models.service';

const { semanticModels, semanticModel, validateSemanticModel, saveSemanticModel, askSemanticModel } =
  catalogContract.operations;

type Handlers = Pick<
  CatalogHandlers,
  'semanticModels' | 'semanticModel' | 'validateSemanticModel' | 'saveSemanticModel' | 'askSemanticModel'
>;

@Controller()
export class SemanticModelsController implements Handlers {
  constructor(
    private readonly models: SemanticModelsService,
    private readonly saving: SaveSemanticModelService,
    private readonly asking: AskSemanticModelService,
  ) {}

  @Handle(semanticModels)
  semanticModels(query: SemanticModelsQuery): Promise<Page<SemanticModelView>> {
    return this.models.page(query);
  }

  @Handle(semanticModel)
  semanticModel(name: SourceName): Promise<SemanticModelDetailView> {
    return this.models.read(name);
  }

  @Handle(validateSemanticModel)
  async validateSemanticModel({ yaml }: ValidateSemanticModel): Promise<SemanticValidationView> {
    return this.models.validate(yaml);
  }

  @Handle(saveSemanticModel)
  saveSemanticModel(request: SaveSemanticModel): Promise<SourceName> {
    return this.saving.save(request);
  }

  @Handle(askSemanticModel)
  askSemanticModel(request: AskSemanticModel): Promise<AnalystAnswerView> {
    return this.asking.ask(request);
  }
}
