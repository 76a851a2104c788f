"""Writes weights that are divided among several files, as Hugging Face's own writer does it.

    python3 Tests/Goldens/Generators/sharded.py

Needs torch, safetensors and huggingface_hub.
"""
import pathlib, shutil

import torch
from huggingface_hub import save_torch_state_dict

folder = pathlib.Path(__file__).resolve().parents[1] / "sharded"
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir()

# Every element says where it is: 1000 times the number of the tensor, plus its own.
SHAPES = {"levels.0.weight": (4, 3, 3, 3), "levels.0.bias": (4,), "levels.1.weight": (3, 4, 3, 3),
          "levels.1.bias": (3,), "levels.2.weight": (5, 7, 2, 2), "scale": ()}
tensors = {}
for index, (name, shape) in enumerate(SHAPES.items()):
    count = int(torch.tensor(shape).prod())
    values = 1000 * index + torch.arange(count, dtype=torch.float32)
    tensors[name] = values.reshape(shape)
tensors["levels.2.weight"] = tensors["levels.2.weight"].to(torch.bfloat16)
# Written in the order in which they are given.
save_torch_state_dict(dict(sorted(tensors.items())), folder, max_shard_size=600)
