#!/bin/bash
# One shard of a set of problems: an array task of Slurm, or a job of GNU parallel.
#
#   sbatch --array=1-1000 --cpus-per-task=4 --time=1:00:00 shards.sh
#   parallel -j 4 SHARDS=100 ./shards.sh {} ::: $(seq 100)
#
# COUNT problems in all, from one SEED that you keep to yourself, into FOLDER.
set -euo pipefail
shard=${1:-${SLURM_ARRAY_TASK_ID:?give the number of the shard}}
shards=${SHARDS:-${SLURM_ARRAY_TASK_COUNT:?set SHARDS to how many there are}}
folder=${FOLDER:-set}
name=$folder/$(printf %06d "$shard")-of-$(printf %06d "$shards").jsonl

if [ -e "$name.sha256" ] && (cd "$folder" && sha256sum --quiet --check "$(basename "$name").sha256"); then
  exit 0 # a task that is queued again has nothing to do
fi
exec partialcredit generate -n "${COUNT:-1000000}" --seed "${SEED:?set SEED}" \
  --level "${LEVEL:-medium}" --shard "$shard/$shards" -o "$name"
