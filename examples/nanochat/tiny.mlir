module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<256x128xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<128x128xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<128x128xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<128x128xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<128x128xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<512x128xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<128x512xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<128x128xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<128x128xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<128x128xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<128x128xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<512x128xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<128x512xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<128x128xf32> {pcp.name = "blocks.2.attn.q.weight", pcp.role = "param"}, %arg14: tensor<128x128xf32> {pcp.name = "blocks.2.attn.k.weight", pcp.role = "param"}, %arg15: tensor<128x128xf32> {pcp.name = "blocks.2.attn.v.weight", pcp.role = "param"}, %arg16: tensor<128x128xf32> {pcp.name = "blocks.2.attn.out.weight", pcp.role = "param"}, %arg17: tensor<512x128xf32> {pcp.name = "blocks.2.mlp.up.weight", pcp.role = "param"}, %arg18: tensor<128x512xf32> {pcp.name = "blocks.2.mlp.down.weight", pcp.role = "param"}, %arg19: tensor<128x128xf32> {pcp.name = "blocks.3.attn.q.weight", pcp.role = "param"}, %arg20: tensor<128x128xf32> {pcp.name = "blocks.3.attn.k.weight", pcp.role = "param"}, %arg21: tensor<128x128xf32> {pcp.name = "blocks.3.attn.v.weight", pcp.role = "param"}, %arg22: tensor<128x128xf32> {pcp.name = "blocks.3.attn.out.weight", pcp.role = "param"}, %arg23: tensor<512x128xf32> {pcp.name = "blocks.3.mlp.up.weight", pcp.role = "param"}, %arg24: tensor<128x512xf32> {pcp.name = "blocks.3.mlp.down.weight", pcp.role = "param"}, %arg25: tensor<256x128xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg26: tensor<8x128xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg27: tensor<8x128xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<1024xf32>
    %cst_0 = stablehlo.constant dense<1.500000e+01> : tensor<8x128x256xf32>
    %cst_1 = stablehlo.constant dense<0xFF800000> : tensor<8x4x128x128xf32>
    %cst_2 = stablehlo.constant dense<0.176776692> : tensor<8x4x128x128xf32>
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<8x4x128x1xf32>
    %cst_4 = stablehlo.constant dense<3.200000e+01> : tensor<8x4x128x1xf32>
    %cst_5 = stablehlo.constant dense<9.99999974E-6> : tensor<8x128x1xf32>
    %cst_6 = stablehlo.constant dense<1.280000e+02> : tensor<8x128x1xf32>
    %cst_7 = stablehlo.constant dense<[1.000000e+00, 0.562341332, 0.316227764, 0.177827939, 1.000000e-01, 0.0562341325, 0.0316227749, 0.0177827943, 0.00999999977, 0.00562341325, 0.00316227763, 0.00177827943, 1.000000e-03, 5.62341302E-4, 3.16227757E-4, 1.7782794E-4]> : tensor<16xf32>
    %c = stablehlo.constant dense<0> : tensor<1024xi64>
    %c_8 = stablehlo.constant dense<-1> : tensor<1024xi64>
    %c_9 = stablehlo.constant dense<0> : tensor<128xi64>
    %c_10 = stablehlo.constant dense<1> : tensor<128xi64>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c_12 = stablehlo.constant dense<0> : tensor<i64>
    %cst_13 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_14 = stablehlo.constant dense<0.000000e+00> : tensor<8x128x512xf32>
    %0 = stablehlo.iota dim = 0 : tensor<128xi64>
    %1 = stablehlo.multiply %0, %c_10 : tensor<128xi64>
    %2 = stablehlo.add %1, %c_9 : tensor<128xi64>
    %3 = stablehlo.convert %2 : (tensor<128xi64>) -> tensor<128xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<128xf32>) -> tensor<128x16xf32>
    %5 = stablehlo.broadcast_in_dim %cst_7, dims = [1] : (tensor<16xf32>) -> tensor<128x16xf32>
    %6 = stablehlo.multiply %4, %5 : tensor<128x16xf32>
    %7 = stablehlo.cosine %6 : tensor<128x16xf32>
    %8 = stablehlo.sine %6 : tensor<128x16xf32>
    %9 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<128xi64>) -> tensor<128x128xi64>
    %10 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<128xi64>) -> tensor<128x128xi64>
    %11 = stablehlo.compare GE, %9, %10, SIGNED : (tensor<128x128xi64>, tensor<128x128xi64>) -> tensor<128x128xi1>
    %12 = "stablehlo.gather"(%arg0, %arg26) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<256x128xf32>, tensor<8x128xi64>) -> tensor<8x128x128xf32>
    %13 = stablehlo.multiply %12, %12 : tensor<8x128x128xf32>
    %14 = stablehlo.reduce(%13 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %15 = stablehlo.reshape %14 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %16 = stablehlo.divide %15, %cst_6 : tensor<8x128x1xf32>
    %17 = stablehlo.add %16, %cst_5 : tensor<8x128x1xf32>
    %18 = stablehlo.rsqrt %17 : tensor<8x128x1xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %20 = stablehlo.multiply %12, %19 : tensor<8x128x128xf32>
    %21 = stablehlo.multiply %20, %20 : tensor<8x128x128xf32>
    %22 = stablehlo.reduce(%21 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %23 = stablehlo.reshape %22 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %24 = stablehlo.divide %23, %cst_6 : tensor<8x128x1xf32>
    %25 = stablehlo.add %24, %cst_5 : tensor<8x128x1xf32>
    %26 = stablehlo.rsqrt %25 : tensor<8x128x1xf32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %28 = stablehlo.multiply %20, %27 : tensor<8x128x128xf32>
    %29 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %30 = stablehlo.reshape %28 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %31 = stablehlo.dot_general %30, %29, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %32 = stablehlo.reshape %31 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %33 = stablehlo.transpose %32, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %34 = stablehlo.slice %33 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %35 = stablehlo.slice %33 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %36 = stablehlo.broadcast_in_dim %7, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<8x4x128x16xf32>
    %37 = stablehlo.multiply %34, %36 : tensor<8x4x128x16xf32>
    %38 = stablehlo.broadcast_in_dim %8, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<8x4x128x16xf32>
    %39 = stablehlo.multiply %35, %38 : tensor<8x4x128x16xf32>
    %40 = stablehlo.add %37, %39 : tensor<8x4x128x16xf32>
    %41 = stablehlo.multiply %35, %36 : tensor<8x4x128x16xf32>
    %42 = stablehlo.multiply %34, %38 : tensor<8x4x128x16xf32>
    %43 = stablehlo.subtract %41, %42 : tensor<8x4x128x16xf32>
    %44 = stablehlo.concatenate %40, %43, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %45 = stablehlo.multiply %44, %44 : tensor<8x4x128x32xf32>
    %46 = stablehlo.reduce(%45 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %47 = stablehlo.reshape %46 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %48 = stablehlo.divide %47, %cst_4 : tensor<8x4x128x1xf32>
    %49 = stablehlo.add %48, %cst_3 : tensor<8x4x128x1xf32>
    %50 = stablehlo.rsqrt %49 : tensor<8x4x128x1xf32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %52 = stablehlo.multiply %44, %51 : tensor<8x4x128x32xf32>
    %53 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %54 = stablehlo.dot_general %30, %53, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %55 = stablehlo.reshape %54 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %57 = stablehlo.slice %56 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %58 = stablehlo.slice %56 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %59 = stablehlo.multiply %57, %36 : tensor<8x4x128x16xf32>
    %60 = stablehlo.multiply %58, %38 : tensor<8x4x128x16xf32>
    %61 = stablehlo.add %59, %60 : tensor<8x4x128x16xf32>
    %62 = stablehlo.multiply %58, %36 : tensor<8x4x128x16xf32>
    %63 = stablehlo.multiply %57, %38 : tensor<8x4x128x16xf32>
    %64 = stablehlo.subtract %62, %63 : tensor<8x4x128x16xf32>
    %65 = stablehlo.concatenate %61, %64, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %66 = stablehlo.multiply %65, %65 : tensor<8x4x128x32xf32>
    %67 = stablehlo.reduce(%66 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %68 = stablehlo.reshape %67 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %69 = stablehlo.divide %68, %cst_4 : tensor<8x4x128x1xf32>
    %70 = stablehlo.add %69, %cst_3 : tensor<8x4x128x1xf32>
    %71 = stablehlo.rsqrt %70 : tensor<8x4x128x1xf32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %73 = stablehlo.multiply %65, %72 : tensor<8x4x128x32xf32>
    %74 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %75 = stablehlo.dot_general %30, %74, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %76 = stablehlo.reshape %75 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %77 = stablehlo.transpose %76, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %78 = stablehlo.transpose %73, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %79 = stablehlo.reshape %52 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %80 = stablehlo.reshape %78 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %81 = stablehlo.dot_general %79, %80, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %82 = stablehlo.reshape %81 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %83 = stablehlo.multiply %82, %cst_2 : tensor<8x4x128x128xf32>
    %84 = stablehlo.not %11 : tensor<128x128xi1>
    %85 = stablehlo.broadcast_in_dim %84, dims = [2, 3] : (tensor<128x128xi1>) -> tensor<8x4x128x128xi1>
    %86 = stablehlo.select %85, %cst_1, %83 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %87 = stablehlo.reduce(%86 init: %cst_13) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %89 = stablehlo.subtract %86, %88 : tensor<8x4x128x128xf32>
    %90 = stablehlo.exponential %89 : tensor<8x4x128x128xf32>
    %91 = stablehlo.reduce(%90 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %92 = stablehlo.broadcast_in_dim %91, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %93 = stablehlo.divide %90, %92 : tensor<8x4x128x128xf32>
    %94 = stablehlo.reshape %93 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %95 = stablehlo.reshape %77 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %96 = stablehlo.dot_general %94, %95, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %97 = stablehlo.reshape %96 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %98 = stablehlo.transpose %97, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %99 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %100 = stablehlo.reshape %98 : (tensor<8x128x4x32xf32>) -> tensor<1024x128xf32>
    %101 = stablehlo.dot_general %100, %99, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %102 = stablehlo.reshape %101 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %103 = stablehlo.add %20, %102 : tensor<8x128x128xf32>
    %104 = stablehlo.multiply %103, %103 : tensor<8x128x128xf32>
    %105 = stablehlo.reduce(%104 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %106 = stablehlo.reshape %105 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %107 = stablehlo.divide %106, %cst_6 : tensor<8x128x1xf32>
    %108 = stablehlo.add %107, %cst_5 : tensor<8x128x1xf32>
    %109 = stablehlo.rsqrt %108 : tensor<8x128x1xf32>
    %110 = stablehlo.broadcast_in_dim %109, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %111 = stablehlo.multiply %103, %110 : tensor<8x128x128xf32>
    %112 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %113 = stablehlo.reshape %111 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %114 = stablehlo.dot_general %113, %112, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %115 = stablehlo.reshape %114 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %116 = stablehlo.maximum %115, %cst_14 : tensor<8x128x512xf32>
    %117 = stablehlo.multiply %116, %116 : tensor<8x128x512xf32>
    %118 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %119 = stablehlo.reshape %117 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %120 = stablehlo.dot_general %119, %118, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %121 = stablehlo.reshape %120 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %122 = stablehlo.add %103, %121 : tensor<8x128x128xf32>
    %123 = stablehlo.multiply %122, %122 : tensor<8x128x128xf32>
    %124 = stablehlo.reduce(%123 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %125 = stablehlo.reshape %124 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %126 = stablehlo.divide %125, %cst_6 : tensor<8x128x1xf32>
    %127 = stablehlo.add %126, %cst_5 : tensor<8x128x1xf32>
    %128 = stablehlo.rsqrt %127 : tensor<8x128x1xf32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %130 = stablehlo.multiply %122, %129 : tensor<8x128x128xf32>
    %131 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %132 = stablehlo.reshape %130 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %133 = stablehlo.dot_general %132, %131, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %134 = stablehlo.reshape %133 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %135 = stablehlo.transpose %134, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %136 = stablehlo.slice %135 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %137 = stablehlo.slice %135 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %138 = stablehlo.multiply %136, %36 : tensor<8x4x128x16xf32>
    %139 = stablehlo.multiply %137, %38 : tensor<8x4x128x16xf32>
    %140 = stablehlo.add %138, %139 : tensor<8x4x128x16xf32>
    %141 = stablehlo.multiply %137, %36 : tensor<8x4x128x16xf32>
    %142 = stablehlo.multiply %136, %38 : tensor<8x4x128x16xf32>
    %143 = stablehlo.subtract %141, %142 : tensor<8x4x128x16xf32>
    %144 = stablehlo.concatenate %140, %143, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %145 = stablehlo.multiply %144, %144 : tensor<8x4x128x32xf32>
    %146 = stablehlo.reduce(%145 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %147 = stablehlo.reshape %146 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %148 = stablehlo.divide %147, %cst_4 : tensor<8x4x128x1xf32>
    %149 = stablehlo.add %148, %cst_3 : tensor<8x4x128x1xf32>
    %150 = stablehlo.rsqrt %149 : tensor<8x4x128x1xf32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %152 = stablehlo.multiply %144, %151 : tensor<8x4x128x32xf32>
    %153 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %154 = stablehlo.dot_general %132, %153, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %155 = stablehlo.reshape %154 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %156 = stablehlo.transpose %155, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %157 = stablehlo.slice %156 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %158 = stablehlo.slice %156 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %159 = stablehlo.multiply %157, %36 : tensor<8x4x128x16xf32>
    %160 = stablehlo.multiply %158, %38 : tensor<8x4x128x16xf32>
    %161 = stablehlo.add %159, %160 : tensor<8x4x128x16xf32>
    %162 = stablehlo.multiply %158, %36 : tensor<8x4x128x16xf32>
    %163 = stablehlo.multiply %157, %38 : tensor<8x4x128x16xf32>
    %164 = stablehlo.subtract %162, %163 : tensor<8x4x128x16xf32>
    %165 = stablehlo.concatenate %161, %164, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %166 = stablehlo.multiply %165, %165 : tensor<8x4x128x32xf32>
    %167 = stablehlo.reduce(%166 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %168 = stablehlo.reshape %167 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %169 = stablehlo.divide %168, %cst_4 : tensor<8x4x128x1xf32>
    %170 = stablehlo.add %169, %cst_3 : tensor<8x4x128x1xf32>
    %171 = stablehlo.rsqrt %170 : tensor<8x4x128x1xf32>
    %172 = stablehlo.broadcast_in_dim %171, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %173 = stablehlo.multiply %165, %172 : tensor<8x4x128x32xf32>
    %174 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %175 = stablehlo.dot_general %132, %174, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %176 = stablehlo.reshape %175 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %177 = stablehlo.transpose %176, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %178 = stablehlo.transpose %173, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %179 = stablehlo.reshape %152 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %180 = stablehlo.reshape %178 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %181 = stablehlo.dot_general %179, %180, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %182 = stablehlo.reshape %181 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %183 = stablehlo.multiply %182, %cst_2 : tensor<8x4x128x128xf32>
    %184 = stablehlo.select %85, %cst_1, %183 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %185 = stablehlo.reduce(%184 init: %cst_13) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %187 = stablehlo.subtract %184, %186 : tensor<8x4x128x128xf32>
    %188 = stablehlo.exponential %187 : tensor<8x4x128x128xf32>
    %189 = stablehlo.reduce(%188 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %190 = stablehlo.broadcast_in_dim %189, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %191 = stablehlo.divide %188, %190 : tensor<8x4x128x128xf32>
    %192 = stablehlo.reshape %191 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %193 = stablehlo.reshape %177 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %194 = stablehlo.dot_general %192, %193, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %195 = stablehlo.reshape %194 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %196 = stablehlo.transpose %195, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %197 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %198 = stablehlo.reshape %196 : (tensor<8x128x4x32xf32>) -> tensor<1024x128xf32>
    %199 = stablehlo.dot_general %198, %197, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %200 = stablehlo.reshape %199 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %201 = stablehlo.add %122, %200 : tensor<8x128x128xf32>
    %202 = stablehlo.multiply %201, %201 : tensor<8x128x128xf32>
    %203 = stablehlo.reduce(%202 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %204 = stablehlo.reshape %203 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %205 = stablehlo.divide %204, %cst_6 : tensor<8x128x1xf32>
    %206 = stablehlo.add %205, %cst_5 : tensor<8x128x1xf32>
    %207 = stablehlo.rsqrt %206 : tensor<8x128x1xf32>
    %208 = stablehlo.broadcast_in_dim %207, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %209 = stablehlo.multiply %201, %208 : tensor<8x128x128xf32>
    %210 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %211 = stablehlo.reshape %209 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %212 = stablehlo.dot_general %211, %210, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %213 = stablehlo.reshape %212 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %214 = stablehlo.maximum %213, %cst_14 : tensor<8x128x512xf32>
    %215 = stablehlo.multiply %214, %214 : tensor<8x128x512xf32>
    %216 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %217 = stablehlo.reshape %215 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %218 = stablehlo.dot_general %217, %216, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %219 = stablehlo.reshape %218 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %220 = stablehlo.add %201, %219 : tensor<8x128x128xf32>
    %221 = stablehlo.multiply %220, %220 : tensor<8x128x128xf32>
    %222 = stablehlo.reduce(%221 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %223 = stablehlo.reshape %222 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %224 = stablehlo.divide %223, %cst_6 : tensor<8x128x1xf32>
    %225 = stablehlo.add %224, %cst_5 : tensor<8x128x1xf32>
    %226 = stablehlo.rsqrt %225 : tensor<8x128x1xf32>
    %227 = stablehlo.broadcast_in_dim %226, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %228 = stablehlo.multiply %220, %227 : tensor<8x128x128xf32>
    %229 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %230 = stablehlo.reshape %228 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %231 = stablehlo.dot_general %230, %229, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %232 = stablehlo.reshape %231 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %233 = stablehlo.transpose %232, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %234 = stablehlo.slice %233 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %235 = stablehlo.slice %233 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %236 = stablehlo.multiply %234, %36 : tensor<8x4x128x16xf32>
    %237 = stablehlo.multiply %235, %38 : tensor<8x4x128x16xf32>
    %238 = stablehlo.add %236, %237 : tensor<8x4x128x16xf32>
    %239 = stablehlo.multiply %235, %36 : tensor<8x4x128x16xf32>
    %240 = stablehlo.multiply %234, %38 : tensor<8x4x128x16xf32>
    %241 = stablehlo.subtract %239, %240 : tensor<8x4x128x16xf32>
    %242 = stablehlo.concatenate %238, %241, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %243 = stablehlo.multiply %242, %242 : tensor<8x4x128x32xf32>
    %244 = stablehlo.reduce(%243 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %245 = stablehlo.reshape %244 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %246 = stablehlo.divide %245, %cst_4 : tensor<8x4x128x1xf32>
    %247 = stablehlo.add %246, %cst_3 : tensor<8x4x128x1xf32>
    %248 = stablehlo.rsqrt %247 : tensor<8x4x128x1xf32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %250 = stablehlo.multiply %242, %249 : tensor<8x4x128x32xf32>
    %251 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %252 = stablehlo.dot_general %230, %251, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %253 = stablehlo.reshape %252 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %254 = stablehlo.transpose %253, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %255 = stablehlo.slice %254 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %256 = stablehlo.slice %254 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %257 = stablehlo.multiply %255, %36 : tensor<8x4x128x16xf32>
    %258 = stablehlo.multiply %256, %38 : tensor<8x4x128x16xf32>
    %259 = stablehlo.add %257, %258 : tensor<8x4x128x16xf32>
    %260 = stablehlo.multiply %256, %36 : tensor<8x4x128x16xf32>
    %261 = stablehlo.multiply %255, %38 : tensor<8x4x128x16xf32>
    %262 = stablehlo.subtract %260, %261 : tensor<8x4x128x16xf32>
    %263 = stablehlo.concatenate %259, %262, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %264 = stablehlo.multiply %263, %263 : tensor<8x4x128x32xf32>
    %265 = stablehlo.reduce(%264 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %266 = stablehlo.reshape %265 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %267 = stablehlo.divide %266, %cst_4 : tensor<8x4x128x1xf32>
    %268 = stablehlo.add %267, %cst_3 : tensor<8x4x128x1xf32>
    %269 = stablehlo.rsqrt %268 : tensor<8x4x128x1xf32>
    %270 = stablehlo.broadcast_in_dim %269, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %271 = stablehlo.multiply %263, %270 : tensor<8x4x128x32xf32>
    %272 = stablehlo.transpose %arg15, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %273 = stablehlo.dot_general %230, %272, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %274 = stablehlo.reshape %273 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %275 = stablehlo.transpose %274, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %276 = stablehlo.transpose %271, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %277 = stablehlo.reshape %250 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %278 = stablehlo.reshape %276 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %279 = stablehlo.dot_general %277, %278, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %280 = stablehlo.reshape %279 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %281 = stablehlo.multiply %280, %cst_2 : tensor<8x4x128x128xf32>
    %282 = stablehlo.select %85, %cst_1, %281 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %283 = stablehlo.reduce(%282 init: %cst_13) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %284 = stablehlo.broadcast_in_dim %283, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %285 = stablehlo.subtract %282, %284 : tensor<8x4x128x128xf32>
    %286 = stablehlo.exponential %285 : tensor<8x4x128x128xf32>
    %287 = stablehlo.reduce(%286 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %288 = stablehlo.broadcast_in_dim %287, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %289 = stablehlo.divide %286, %288 : tensor<8x4x128x128xf32>
    %290 = stablehlo.reshape %289 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %291 = stablehlo.reshape %275 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %292 = stablehlo.dot_general %290, %291, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %293 = stablehlo.reshape %292 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %294 = stablehlo.transpose %293, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %295 = stablehlo.transpose %arg16, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %296 = stablehlo.reshape %294 : (tensor<8x128x4x32xf32>) -> tensor<1024x128xf32>
    %297 = stablehlo.dot_general %296, %295, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %298 = stablehlo.reshape %297 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %299 = stablehlo.add %220, %298 : tensor<8x128x128xf32>
    %300 = stablehlo.multiply %299, %299 : tensor<8x128x128xf32>
    %301 = stablehlo.reduce(%300 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %302 = stablehlo.reshape %301 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %303 = stablehlo.divide %302, %cst_6 : tensor<8x128x1xf32>
    %304 = stablehlo.add %303, %cst_5 : tensor<8x128x1xf32>
    %305 = stablehlo.rsqrt %304 : tensor<8x128x1xf32>
    %306 = stablehlo.broadcast_in_dim %305, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %307 = stablehlo.multiply %299, %306 : tensor<8x128x128xf32>
    %308 = stablehlo.transpose %arg17, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %309 = stablehlo.reshape %307 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %310 = stablehlo.dot_general %309, %308, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %311 = stablehlo.reshape %310 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %312 = stablehlo.maximum %311, %cst_14 : tensor<8x128x512xf32>
    %313 = stablehlo.multiply %312, %312 : tensor<8x128x512xf32>
    %314 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %315 = stablehlo.reshape %313 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %316 = stablehlo.dot_general %315, %314, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %317 = stablehlo.reshape %316 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %318 = stablehlo.add %299, %317 : tensor<8x128x128xf32>
    %319 = stablehlo.multiply %318, %318 : tensor<8x128x128xf32>
    %320 = stablehlo.reduce(%319 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %321 = stablehlo.reshape %320 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %322 = stablehlo.divide %321, %cst_6 : tensor<8x128x1xf32>
    %323 = stablehlo.add %322, %cst_5 : tensor<8x128x1xf32>
    %324 = stablehlo.rsqrt %323 : tensor<8x128x1xf32>
    %325 = stablehlo.broadcast_in_dim %324, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %326 = stablehlo.multiply %318, %325 : tensor<8x128x128xf32>
    %327 = stablehlo.transpose %arg19, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %328 = stablehlo.reshape %326 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %329 = stablehlo.dot_general %328, %327, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %330 = stablehlo.reshape %329 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %331 = stablehlo.transpose %330, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %332 = stablehlo.slice %331 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %333 = stablehlo.slice %331 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %334 = stablehlo.multiply %332, %36 : tensor<8x4x128x16xf32>
    %335 = stablehlo.multiply %333, %38 : tensor<8x4x128x16xf32>
    %336 = stablehlo.add %334, %335 : tensor<8x4x128x16xf32>
    %337 = stablehlo.multiply %333, %36 : tensor<8x4x128x16xf32>
    %338 = stablehlo.multiply %332, %38 : tensor<8x4x128x16xf32>
    %339 = stablehlo.subtract %337, %338 : tensor<8x4x128x16xf32>
    %340 = stablehlo.concatenate %336, %339, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %341 = stablehlo.multiply %340, %340 : tensor<8x4x128x32xf32>
    %342 = stablehlo.reduce(%341 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %343 = stablehlo.reshape %342 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %344 = stablehlo.divide %343, %cst_4 : tensor<8x4x128x1xf32>
    %345 = stablehlo.add %344, %cst_3 : tensor<8x4x128x1xf32>
    %346 = stablehlo.rsqrt %345 : tensor<8x4x128x1xf32>
    %347 = stablehlo.broadcast_in_dim %346, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %348 = stablehlo.multiply %340, %347 : tensor<8x4x128x32xf32>
    %349 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %350 = stablehlo.dot_general %328, %349, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %351 = stablehlo.reshape %350 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %352 = stablehlo.transpose %351, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %353 = stablehlo.slice %352 [0:8, 0:4, 0:128, 0:16] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %354 = stablehlo.slice %352 [0:8, 0:4, 0:128, 16:32] : (tensor<8x4x128x32xf32>) -> tensor<8x4x128x16xf32>
    %355 = stablehlo.multiply %353, %36 : tensor<8x4x128x16xf32>
    %356 = stablehlo.multiply %354, %38 : tensor<8x4x128x16xf32>
    %357 = stablehlo.add %355, %356 : tensor<8x4x128x16xf32>
    %358 = stablehlo.multiply %354, %36 : tensor<8x4x128x16xf32>
    %359 = stablehlo.multiply %353, %38 : tensor<8x4x128x16xf32>
    %360 = stablehlo.subtract %358, %359 : tensor<8x4x128x16xf32>
    %361 = stablehlo.concatenate %357, %360, dim = 3 : (tensor<8x4x128x16xf32>, tensor<8x4x128x16xf32>) -> tensor<8x4x128x32xf32>
    %362 = stablehlo.multiply %361, %361 : tensor<8x4x128x32xf32>
    %363 = stablehlo.reduce(%362 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x32xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %364 = stablehlo.reshape %363 : (tensor<8x4x128xf32>) -> tensor<8x4x128x1xf32>
    %365 = stablehlo.divide %364, %cst_4 : tensor<8x4x128x1xf32>
    %366 = stablehlo.add %365, %cst_3 : tensor<8x4x128x1xf32>
    %367 = stablehlo.rsqrt %366 : tensor<8x4x128x1xf32>
    %368 = stablehlo.broadcast_in_dim %367, dims = [0, 1, 2, 3] : (tensor<8x4x128x1xf32>) -> tensor<8x4x128x32xf32>
    %369 = stablehlo.multiply %361, %368 : tensor<8x4x128x32xf32>
    %370 = stablehlo.transpose %arg21, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %371 = stablehlo.dot_general %328, %370, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %372 = stablehlo.reshape %371 : (tensor<1024x128xf32>) -> tensor<8x128x4x32xf32>
    %373 = stablehlo.transpose %372, dims = [0, 2, 1, 3] : (tensor<8x128x4x32xf32>) -> tensor<8x4x128x32xf32>
    %374 = stablehlo.transpose %369, dims = [0, 1, 3, 2] : (tensor<8x4x128x32xf32>) -> tensor<8x4x32x128xf32>
    %375 = stablehlo.reshape %348 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %376 = stablehlo.reshape %374 : (tensor<8x4x32x128xf32>) -> tensor<32x32x128xf32>
    %377 = stablehlo.dot_general %375, %376, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x32xf32>, tensor<32x32x128xf32>) -> tensor<32x128x128xf32>
    %378 = stablehlo.reshape %377 : (tensor<32x128x128xf32>) -> tensor<8x4x128x128xf32>
    %379 = stablehlo.multiply %378, %cst_2 : tensor<8x4x128x128xf32>
    %380 = stablehlo.select %85, %cst_1, %379 : tensor<8x4x128x128xi1>, tensor<8x4x128x128xf32>
    %381 = stablehlo.reduce(%380 init: %cst_13) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %382 = stablehlo.broadcast_in_dim %381, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %383 = stablehlo.subtract %380, %382 : tensor<8x4x128x128xf32>
    %384 = stablehlo.exponential %383 : tensor<8x4x128x128xf32>
    %385 = stablehlo.reduce(%384 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<8x4x128x128xf32>, tensor<f32>) -> tensor<8x4x128xf32>
    %386 = stablehlo.broadcast_in_dim %385, dims = [0, 1, 2] : (tensor<8x4x128xf32>) -> tensor<8x4x128x128xf32>
    %387 = stablehlo.divide %384, %386 : tensor<8x4x128x128xf32>
    %388 = stablehlo.reshape %387 : (tensor<8x4x128x128xf32>) -> tensor<32x128x128xf32>
    %389 = stablehlo.reshape %373 : (tensor<8x4x128x32xf32>) -> tensor<32x128x32xf32>
    %390 = stablehlo.dot_general %388, %389, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<32x128x128xf32>, tensor<32x128x32xf32>) -> tensor<32x128x32xf32>
    %391 = stablehlo.reshape %390 : (tensor<32x128x32xf32>) -> tensor<8x4x128x32xf32>
    %392 = stablehlo.transpose %391, dims = [0, 2, 1, 3] : (tensor<8x4x128x32xf32>) -> tensor<8x128x4x32xf32>
    %393 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %394 = stablehlo.reshape %392 : (tensor<8x128x4x32xf32>) -> tensor<1024x128xf32>
    %395 = stablehlo.dot_general %394, %393, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x128xf32>) -> tensor<1024x128xf32>
    %396 = stablehlo.reshape %395 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %397 = stablehlo.add %318, %396 : tensor<8x128x128xf32>
    %398 = stablehlo.multiply %397, %397 : tensor<8x128x128xf32>
    %399 = stablehlo.reduce(%398 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %400 = stablehlo.reshape %399 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %401 = stablehlo.divide %400, %cst_6 : tensor<8x128x1xf32>
    %402 = stablehlo.add %401, %cst_5 : tensor<8x128x1xf32>
    %403 = stablehlo.rsqrt %402 : tensor<8x128x1xf32>
    %404 = stablehlo.broadcast_in_dim %403, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %405 = stablehlo.multiply %397, %404 : tensor<8x128x128xf32>
    %406 = stablehlo.transpose %arg23, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %407 = stablehlo.reshape %405 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %408 = stablehlo.dot_general %407, %406, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x512xf32>) -> tensor<1024x512xf32>
    %409 = stablehlo.reshape %408 : (tensor<1024x512xf32>) -> tensor<8x128x512xf32>
    %410 = stablehlo.maximum %409, %cst_14 : tensor<8x128x512xf32>
    %411 = stablehlo.multiply %410, %410 : tensor<8x128x512xf32>
    %412 = stablehlo.transpose %arg24, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %413 = stablehlo.reshape %411 : (tensor<8x128x512xf32>) -> tensor<1024x512xf32>
    %414 = stablehlo.dot_general %413, %412, contracting_dims = [1] x [0] : (tensor<1024x512xf32>, tensor<512x128xf32>) -> tensor<1024x128xf32>
    %415 = stablehlo.reshape %414 : (tensor<1024x128xf32>) -> tensor<8x128x128xf32>
    %416 = stablehlo.add %397, %415 : tensor<8x128x128xf32>
    %417 = stablehlo.multiply %416, %416 : tensor<8x128x128xf32>
    %418 = stablehlo.reduce(%417 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x128x128xf32>, tensor<f32>) -> tensor<8x128xf32>
    %419 = stablehlo.reshape %418 : (tensor<8x128xf32>) -> tensor<8x128x1xf32>
    %420 = stablehlo.divide %419, %cst_6 : tensor<8x128x1xf32>
    %421 = stablehlo.add %420, %cst_5 : tensor<8x128x1xf32>
    %422 = stablehlo.rsqrt %421 : tensor<8x128x1xf32>
    %423 = stablehlo.broadcast_in_dim %422, dims = [0, 1, 2] : (tensor<8x128x1xf32>) -> tensor<8x128x128xf32>
    %424 = stablehlo.multiply %416, %423 : tensor<8x128x128xf32>
    %425 = stablehlo.transpose %arg25, dims = [1, 0] : (tensor<256x128xf32>) -> tensor<128x256xf32>
    %426 = stablehlo.reshape %424 : (tensor<8x128x128xf32>) -> tensor<1024x128xf32>
    %427 = stablehlo.dot_general %426, %425, contracting_dims = [1] x [0] : (tensor<1024x128xf32>, tensor<128x256xf32>) -> tensor<1024x256xf32>
    %428 = stablehlo.reshape %427 : (tensor<1024x256xf32>) -> tensor<8x128x256xf32>
    %429 = stablehlo.divide %428, %cst_0 : tensor<8x128x256xf32>
    %430 = stablehlo.tanh %429 : tensor<8x128x256xf32>
    %431 = stablehlo.multiply %430, %cst_0 : tensor<8x128x256xf32>
    %432 = stablehlo.reshape %431 : (tensor<8x128x256xf32>) -> tensor<1024x256xf32>
    %433 = stablehlo.reshape %arg27 : (tensor<8x128xi64>) -> tensor<1024xi64>
    %434 = stablehlo.reduce(%432 init: %cst_13) applies stablehlo.maximum across dimensions = [1] : (tensor<1024x256xf32>, tensor<f32>) -> tensor<1024xf32>
    %435 = stablehlo.broadcast_in_dim %434, dims = [0] : (tensor<1024xf32>) -> tensor<1024x256xf32>
    %436 = stablehlo.subtract %432, %435 : tensor<1024x256xf32>
    %437 = stablehlo.exponential %436 : tensor<1024x256xf32>
    %438 = stablehlo.reduce(%437 init: %cst_11) applies stablehlo.add across dimensions = [1] : (tensor<1024x256xf32>, tensor<f32>) -> tensor<1024xf32>
    %439 = stablehlo.reshape %438 : (tensor<1024xf32>) -> tensor<1024x1xf32>
    %440 = stablehlo.log %439 : tensor<1024x1xf32>
    %441 = stablehlo.broadcast_in_dim %440, dims = [0, 1] : (tensor<1024x1xf32>) -> tensor<1024x256xf32>
    %442 = stablehlo.subtract %436, %441 : tensor<1024x256xf32>
    %443 = stablehlo.compare NE, %433, %c_8, SIGNED : (tensor<1024xi64>, tensor<1024xi64>) -> tensor<1024xi1>
    %444 = stablehlo.select %443, %433, %c : tensor<1024xi1>, tensor<1024xi64>
    %445 = stablehlo.iota dim = 0 : tensor<1024x1x1xi64>
    %446 = stablehlo.reshape %444 : (tensor<1024xi64>) -> tensor<1024x1x1xi64>
    %447 = stablehlo.concatenate %445, %446, dim = 2 : (tensor<1024x1x1xi64>, tensor<1024x1x1xi64>) -> tensor<1024x1x2xi64>
    %448 = "stablehlo.gather"(%442, %447) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<1024x256xf32>, tensor<1024x1x2xi64>) -> tensor<1024x1xf32>
    %449 = stablehlo.reshape %448 : (tensor<1024x1xf32>) -> tensor<1024xf32>
    %450 = stablehlo.negate %449 : tensor<1024xf32>
    %451 = stablehlo.select %443, %450, %cst : tensor<1024xi1>, tensor<1024xf32>
    %452 = stablehlo.convert %443 : (tensor<1024xi1>) -> tensor<1024xi64>
    %453 = stablehlo.reduce(%452 init: %c_12) applies stablehlo.add across dimensions = [0] : (tensor<1024xi64>, tensor<i64>) -> tensor<i64>
    %454 = stablehlo.convert %453 : (tensor<i64>) -> tensor<f32>
    %455 = stablehlo.reduce(%451 init: %cst_11) applies stablehlo.add across dimensions = [0] : (tensor<1024xf32>, tensor<f32>) -> tensor<f32>
    %456 = stablehlo.divide %455, %454 : tensor<f32>
    return %456 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<256x128xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<128x128xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<128x128xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<128x128xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<128x128xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<512x128xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<128x512xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<128x128xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<128x128xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<128x128xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<128x128xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<512x128xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<128x512xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<128x128xf32> {pcp.name = "blocks.2.attn.q.weight", pcp.role = "param"}, %arg14: tensor<128x128xf32> {pcp.name = "blocks.2.attn.k.weight", pcp.role = "param"}, %arg15: tensor<128x128xf32> {pcp.name = "blocks.2.attn.v.weight", pcp.role = "param"}, %arg16: tensor<128x128xf32> {pcp.name = "blocks.2.attn.out.weight", pcp.role = "param"}, %arg17: tensor<512x128xf32> {pcp.name = "blocks.2.mlp.up.weight", pcp.role = "param"}, %arg18: tensor<128x512xf32> {pcp.name = "blocks.2.mlp.down.weight", pcp.role = "param"}, %arg19: tensor<128x128xf32> {pcp.name = "blocks.3.attn.q.weight", pcp.role = "param"}, %arg20: tensor<128x128xf32> {pcp.name = "blocks.3.attn.k.weight", pcp.role = "param"}, %arg21: tensor<128x128xf32> {pcp.name = "blocks.3.attn.v.weight", pcp.role = "param"}, %arg22: tensor<128x128xf32> {pcp.name = "blocks.3.attn.out.weight", pcp.role = "param"}, %arg23: tensor<512x128xf32> {pcp.name = "blocks.3.mlp.up.weight", pcp.role = "param"}, %arg24: tensor<128x512xf32> {pcp.name = "blocks.3.mlp.down.weight", pcp.role = "param"}, %arg25: tensor<256x128xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg26: tensor<1x128xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x128x256xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<1.500000e+01> : tensor<1x128x256xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<1x4x128x128xf32>
    %cst_1 = stablehlo.constant dense<0.176776692> : tensor<1x4x128x128xf32>
    %cst_2 = stablehlo.constant dense<9.99999974E-6> : tensor<1x4x128x1xf32>
    %cst_3 = stablehlo.constant dense<3.200000e+01> : tensor<1x4x128x1xf32>
    %cst_4 = stablehlo.constant dense<9.99999974E-6> : tensor<1x128x1xf32>
    %cst_5 = stablehlo.constant dense<1.280000e+02> : tensor<1x128x1xf32>
    %c = stablehlo.constant dense<0> : tensor<128xi64>
    %c_6 = stablehlo.constant dense<1> : tensor<128xi64>
    %cst_7 = stablehlo.constant dense<[1.000000e+00, 0.562341332, 0.316227764, 0.177827939, 1.000000e-01, 0.0562341325, 0.0316227749, 0.0177827943, 0.00999999977, 0.00562341325, 0.00316227763, 0.00177827943, 1.000000e-03, 5.62341302E-4, 3.16227757E-4, 1.7782794E-4]> : tensor<16xf32>
    %cst_8 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<1x128x512xf32>
    %0 = stablehlo.iota dim = 0 : tensor<128xi64>
    %1 = stablehlo.multiply %0, %c_6 : tensor<128xi64>
    %2 = stablehlo.add %1, %c : tensor<128xi64>
    %3 = stablehlo.convert %2 : (tensor<128xi64>) -> tensor<128xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<128xf32>) -> tensor<128x16xf32>
    %5 = stablehlo.broadcast_in_dim %cst_7, dims = [1] : (tensor<16xf32>) -> tensor<128x16xf32>
    %6 = stablehlo.multiply %4, %5 : tensor<128x16xf32>
    %7 = stablehlo.cosine %6 : tensor<128x16xf32>
    %8 = stablehlo.sine %6 : tensor<128x16xf32>
    %9 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<128xi64>) -> tensor<128x128xi64>
    %10 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<128xi64>) -> tensor<128x128xi64>
    %11 = stablehlo.compare GE, %9, %10, SIGNED : (tensor<128x128xi64>, tensor<128x128xi64>) -> tensor<128x128xi1>
    %12 = "stablehlo.gather"(%arg0, %arg26) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 128>}> : (tensor<256x128xf32>, tensor<1x128xi64>) -> tensor<1x128x128xf32>
    %13 = stablehlo.multiply %12, %12 : tensor<1x128x128xf32>
    %14 = stablehlo.reduce(%13 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %15 = stablehlo.reshape %14 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %16 = stablehlo.divide %15, %cst_5 : tensor<1x128x1xf32>
    %17 = stablehlo.add %16, %cst_4 : tensor<1x128x1xf32>
    %18 = stablehlo.rsqrt %17 : tensor<1x128x1xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %20 = stablehlo.multiply %12, %19 : tensor<1x128x128xf32>
    %21 = stablehlo.multiply %20, %20 : tensor<1x128x128xf32>
    %22 = stablehlo.reduce(%21 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %23 = stablehlo.reshape %22 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %24 = stablehlo.divide %23, %cst_5 : tensor<1x128x1xf32>
    %25 = stablehlo.add %24, %cst_4 : tensor<1x128x1xf32>
    %26 = stablehlo.rsqrt %25 : tensor<1x128x1xf32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %28 = stablehlo.multiply %20, %27 : tensor<1x128x128xf32>
    %29 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %30 = stablehlo.reshape %28 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %31 = stablehlo.dot_general %30, %29, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %32 = stablehlo.reshape %31 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %33 = stablehlo.transpose %32, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %34 = stablehlo.slice %33 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %35 = stablehlo.slice %33 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %36 = stablehlo.broadcast_in_dim %7, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<1x4x128x16xf32>
    %37 = stablehlo.multiply %34, %36 : tensor<1x4x128x16xf32>
    %38 = stablehlo.broadcast_in_dim %8, dims = [2, 3] : (tensor<128x16xf32>) -> tensor<1x4x128x16xf32>
    %39 = stablehlo.multiply %35, %38 : tensor<1x4x128x16xf32>
    %40 = stablehlo.add %37, %39 : tensor<1x4x128x16xf32>
    %41 = stablehlo.multiply %35, %36 : tensor<1x4x128x16xf32>
    %42 = stablehlo.multiply %34, %38 : tensor<1x4x128x16xf32>
    %43 = stablehlo.subtract %41, %42 : tensor<1x4x128x16xf32>
    %44 = stablehlo.concatenate %40, %43, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %45 = stablehlo.multiply %44, %44 : tensor<1x4x128x32xf32>
    %46 = stablehlo.reduce(%45 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %47 = stablehlo.reshape %46 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %48 = stablehlo.divide %47, %cst_3 : tensor<1x4x128x1xf32>
    %49 = stablehlo.add %48, %cst_2 : tensor<1x4x128x1xf32>
    %50 = stablehlo.rsqrt %49 : tensor<1x4x128x1xf32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %52 = stablehlo.multiply %44, %51 : tensor<1x4x128x32xf32>
    %53 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %54 = stablehlo.dot_general %30, %53, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %55 = stablehlo.reshape %54 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %57 = stablehlo.slice %56 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %58 = stablehlo.slice %56 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %59 = stablehlo.multiply %57, %36 : tensor<1x4x128x16xf32>
    %60 = stablehlo.multiply %58, %38 : tensor<1x4x128x16xf32>
    %61 = stablehlo.add %59, %60 : tensor<1x4x128x16xf32>
    %62 = stablehlo.multiply %58, %36 : tensor<1x4x128x16xf32>
    %63 = stablehlo.multiply %57, %38 : tensor<1x4x128x16xf32>
    %64 = stablehlo.subtract %62, %63 : tensor<1x4x128x16xf32>
    %65 = stablehlo.concatenate %61, %64, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %66 = stablehlo.multiply %65, %65 : tensor<1x4x128x32xf32>
    %67 = stablehlo.reduce(%66 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %68 = stablehlo.reshape %67 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %69 = stablehlo.divide %68, %cst_3 : tensor<1x4x128x1xf32>
    %70 = stablehlo.add %69, %cst_2 : tensor<1x4x128x1xf32>
    %71 = stablehlo.rsqrt %70 : tensor<1x4x128x1xf32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %73 = stablehlo.multiply %65, %72 : tensor<1x4x128x32xf32>
    %74 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %75 = stablehlo.dot_general %30, %74, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %76 = stablehlo.reshape %75 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %77 = stablehlo.transpose %76, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %78 = stablehlo.transpose %73, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %79 = stablehlo.reshape %52 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %80 = stablehlo.reshape %78 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %81 = stablehlo.dot_general %79, %80, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %82 = stablehlo.reshape %81 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %83 = stablehlo.multiply %82, %cst_1 : tensor<1x4x128x128xf32>
    %84 = stablehlo.not %11 : tensor<128x128xi1>
    %85 = stablehlo.broadcast_in_dim %84, dims = [2, 3] : (tensor<128x128xi1>) -> tensor<1x4x128x128xi1>
    %86 = stablehlo.select %85, %cst_0, %83 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %87 = stablehlo.reduce(%86 init: %cst_8) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %89 = stablehlo.subtract %86, %88 : tensor<1x4x128x128xf32>
    %90 = stablehlo.exponential %89 : tensor<1x4x128x128xf32>
    %91 = stablehlo.reduce(%90 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %92 = stablehlo.broadcast_in_dim %91, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %93 = stablehlo.divide %90, %92 : tensor<1x4x128x128xf32>
    %94 = stablehlo.reshape %93 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %95 = stablehlo.reshape %77 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %96 = stablehlo.dot_general %94, %95, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %97 = stablehlo.reshape %96 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %98 = stablehlo.transpose %97, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %99 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %100 = stablehlo.reshape %98 : (tensor<1x128x4x32xf32>) -> tensor<128x128xf32>
    %101 = stablehlo.dot_general %100, %99, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %102 = stablehlo.reshape %101 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %103 = stablehlo.add %20, %102 : tensor<1x128x128xf32>
    %104 = stablehlo.multiply %103, %103 : tensor<1x128x128xf32>
    %105 = stablehlo.reduce(%104 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %106 = stablehlo.reshape %105 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %107 = stablehlo.divide %106, %cst_5 : tensor<1x128x1xf32>
    %108 = stablehlo.add %107, %cst_4 : tensor<1x128x1xf32>
    %109 = stablehlo.rsqrt %108 : tensor<1x128x1xf32>
    %110 = stablehlo.broadcast_in_dim %109, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %111 = stablehlo.multiply %103, %110 : tensor<1x128x128xf32>
    %112 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %113 = stablehlo.reshape %111 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %114 = stablehlo.dot_general %113, %112, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %115 = stablehlo.reshape %114 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %116 = stablehlo.maximum %115, %cst_10 : tensor<1x128x512xf32>
    %117 = stablehlo.multiply %116, %116 : tensor<1x128x512xf32>
    %118 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %119 = stablehlo.reshape %117 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %120 = stablehlo.dot_general %119, %118, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %121 = stablehlo.reshape %120 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %122 = stablehlo.add %103, %121 : tensor<1x128x128xf32>
    %123 = stablehlo.multiply %122, %122 : tensor<1x128x128xf32>
    %124 = stablehlo.reduce(%123 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %125 = stablehlo.reshape %124 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %126 = stablehlo.divide %125, %cst_5 : tensor<1x128x1xf32>
    %127 = stablehlo.add %126, %cst_4 : tensor<1x128x1xf32>
    %128 = stablehlo.rsqrt %127 : tensor<1x128x1xf32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %130 = stablehlo.multiply %122, %129 : tensor<1x128x128xf32>
    %131 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %132 = stablehlo.reshape %130 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %133 = stablehlo.dot_general %132, %131, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %134 = stablehlo.reshape %133 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %135 = stablehlo.transpose %134, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %136 = stablehlo.slice %135 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %137 = stablehlo.slice %135 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %138 = stablehlo.multiply %136, %36 : tensor<1x4x128x16xf32>
    %139 = stablehlo.multiply %137, %38 : tensor<1x4x128x16xf32>
    %140 = stablehlo.add %138, %139 : tensor<1x4x128x16xf32>
    %141 = stablehlo.multiply %137, %36 : tensor<1x4x128x16xf32>
    %142 = stablehlo.multiply %136, %38 : tensor<1x4x128x16xf32>
    %143 = stablehlo.subtract %141, %142 : tensor<1x4x128x16xf32>
    %144 = stablehlo.concatenate %140, %143, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %145 = stablehlo.multiply %144, %144 : tensor<1x4x128x32xf32>
    %146 = stablehlo.reduce(%145 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %147 = stablehlo.reshape %146 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %148 = stablehlo.divide %147, %cst_3 : tensor<1x4x128x1xf32>
    %149 = stablehlo.add %148, %cst_2 : tensor<1x4x128x1xf32>
    %150 = stablehlo.rsqrt %149 : tensor<1x4x128x1xf32>
    %151 = stablehlo.broadcast_in_dim %150, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %152 = stablehlo.multiply %144, %151 : tensor<1x4x128x32xf32>
    %153 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %154 = stablehlo.dot_general %132, %153, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %155 = stablehlo.reshape %154 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %156 = stablehlo.transpose %155, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %157 = stablehlo.slice %156 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %158 = stablehlo.slice %156 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %159 = stablehlo.multiply %157, %36 : tensor<1x4x128x16xf32>
    %160 = stablehlo.multiply %158, %38 : tensor<1x4x128x16xf32>
    %161 = stablehlo.add %159, %160 : tensor<1x4x128x16xf32>
    %162 = stablehlo.multiply %158, %36 : tensor<1x4x128x16xf32>
    %163 = stablehlo.multiply %157, %38 : tensor<1x4x128x16xf32>
    %164 = stablehlo.subtract %162, %163 : tensor<1x4x128x16xf32>
    %165 = stablehlo.concatenate %161, %164, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %166 = stablehlo.multiply %165, %165 : tensor<1x4x128x32xf32>
    %167 = stablehlo.reduce(%166 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %168 = stablehlo.reshape %167 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %169 = stablehlo.divide %168, %cst_3 : tensor<1x4x128x1xf32>
    %170 = stablehlo.add %169, %cst_2 : tensor<1x4x128x1xf32>
    %171 = stablehlo.rsqrt %170 : tensor<1x4x128x1xf32>
    %172 = stablehlo.broadcast_in_dim %171, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %173 = stablehlo.multiply %165, %172 : tensor<1x4x128x32xf32>
    %174 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %175 = stablehlo.dot_general %132, %174, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %176 = stablehlo.reshape %175 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %177 = stablehlo.transpose %176, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %178 = stablehlo.transpose %173, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %179 = stablehlo.reshape %152 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %180 = stablehlo.reshape %178 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %181 = stablehlo.dot_general %179, %180, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %182 = stablehlo.reshape %181 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %183 = stablehlo.multiply %182, %cst_1 : tensor<1x4x128x128xf32>
    %184 = stablehlo.select %85, %cst_0, %183 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %185 = stablehlo.reduce(%184 init: %cst_8) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %186 = stablehlo.broadcast_in_dim %185, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %187 = stablehlo.subtract %184, %186 : tensor<1x4x128x128xf32>
    %188 = stablehlo.exponential %187 : tensor<1x4x128x128xf32>
    %189 = stablehlo.reduce(%188 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %190 = stablehlo.broadcast_in_dim %189, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %191 = stablehlo.divide %188, %190 : tensor<1x4x128x128xf32>
    %192 = stablehlo.reshape %191 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %193 = stablehlo.reshape %177 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %194 = stablehlo.dot_general %192, %193, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %195 = stablehlo.reshape %194 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %196 = stablehlo.transpose %195, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %197 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %198 = stablehlo.reshape %196 : (tensor<1x128x4x32xf32>) -> tensor<128x128xf32>
    %199 = stablehlo.dot_general %198, %197, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %200 = stablehlo.reshape %199 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %201 = stablehlo.add %122, %200 : tensor<1x128x128xf32>
    %202 = stablehlo.multiply %201, %201 : tensor<1x128x128xf32>
    %203 = stablehlo.reduce(%202 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %204 = stablehlo.reshape %203 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %205 = stablehlo.divide %204, %cst_5 : tensor<1x128x1xf32>
    %206 = stablehlo.add %205, %cst_4 : tensor<1x128x1xf32>
    %207 = stablehlo.rsqrt %206 : tensor<1x128x1xf32>
    %208 = stablehlo.broadcast_in_dim %207, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %209 = stablehlo.multiply %201, %208 : tensor<1x128x128xf32>
    %210 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %211 = stablehlo.reshape %209 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %212 = stablehlo.dot_general %211, %210, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %213 = stablehlo.reshape %212 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %214 = stablehlo.maximum %213, %cst_10 : tensor<1x128x512xf32>
    %215 = stablehlo.multiply %214, %214 : tensor<1x128x512xf32>
    %216 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %217 = stablehlo.reshape %215 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %218 = stablehlo.dot_general %217, %216, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %219 = stablehlo.reshape %218 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %220 = stablehlo.add %201, %219 : tensor<1x128x128xf32>
    %221 = stablehlo.multiply %220, %220 : tensor<1x128x128xf32>
    %222 = stablehlo.reduce(%221 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %223 = stablehlo.reshape %222 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %224 = stablehlo.divide %223, %cst_5 : tensor<1x128x1xf32>
    %225 = stablehlo.add %224, %cst_4 : tensor<1x128x1xf32>
    %226 = stablehlo.rsqrt %225 : tensor<1x128x1xf32>
    %227 = stablehlo.broadcast_in_dim %226, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %228 = stablehlo.multiply %220, %227 : tensor<1x128x128xf32>
    %229 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %230 = stablehlo.reshape %228 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %231 = stablehlo.dot_general %230, %229, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %232 = stablehlo.reshape %231 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %233 = stablehlo.transpose %232, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %234 = stablehlo.slice %233 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %235 = stablehlo.slice %233 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %236 = stablehlo.multiply %234, %36 : tensor<1x4x128x16xf32>
    %237 = stablehlo.multiply %235, %38 : tensor<1x4x128x16xf32>
    %238 = stablehlo.add %236, %237 : tensor<1x4x128x16xf32>
    %239 = stablehlo.multiply %235, %36 : tensor<1x4x128x16xf32>
    %240 = stablehlo.multiply %234, %38 : tensor<1x4x128x16xf32>
    %241 = stablehlo.subtract %239, %240 : tensor<1x4x128x16xf32>
    %242 = stablehlo.concatenate %238, %241, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %243 = stablehlo.multiply %242, %242 : tensor<1x4x128x32xf32>
    %244 = stablehlo.reduce(%243 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %245 = stablehlo.reshape %244 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %246 = stablehlo.divide %245, %cst_3 : tensor<1x4x128x1xf32>
    %247 = stablehlo.add %246, %cst_2 : tensor<1x4x128x1xf32>
    %248 = stablehlo.rsqrt %247 : tensor<1x4x128x1xf32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %250 = stablehlo.multiply %242, %249 : tensor<1x4x128x32xf32>
    %251 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %252 = stablehlo.dot_general %230, %251, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %253 = stablehlo.reshape %252 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %254 = stablehlo.transpose %253, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %255 = stablehlo.slice %254 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %256 = stablehlo.slice %254 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %257 = stablehlo.multiply %255, %36 : tensor<1x4x128x16xf32>
    %258 = stablehlo.multiply %256, %38 : tensor<1x4x128x16xf32>
    %259 = stablehlo.add %257, %258 : tensor<1x4x128x16xf32>
    %260 = stablehlo.multiply %256, %36 : tensor<1x4x128x16xf32>
    %261 = stablehlo.multiply %255, %38 : tensor<1x4x128x16xf32>
    %262 = stablehlo.subtract %260, %261 : tensor<1x4x128x16xf32>
    %263 = stablehlo.concatenate %259, %262, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %264 = stablehlo.multiply %263, %263 : tensor<1x4x128x32xf32>
    %265 = stablehlo.reduce(%264 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %266 = stablehlo.reshape %265 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %267 = stablehlo.divide %266, %cst_3 : tensor<1x4x128x1xf32>
    %268 = stablehlo.add %267, %cst_2 : tensor<1x4x128x1xf32>
    %269 = stablehlo.rsqrt %268 : tensor<1x4x128x1xf32>
    %270 = stablehlo.broadcast_in_dim %269, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %271 = stablehlo.multiply %263, %270 : tensor<1x4x128x32xf32>
    %272 = stablehlo.transpose %arg15, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %273 = stablehlo.dot_general %230, %272, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %274 = stablehlo.reshape %273 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %275 = stablehlo.transpose %274, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %276 = stablehlo.transpose %271, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %277 = stablehlo.reshape %250 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %278 = stablehlo.reshape %276 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %279 = stablehlo.dot_general %277, %278, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %280 = stablehlo.reshape %279 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %281 = stablehlo.multiply %280, %cst_1 : tensor<1x4x128x128xf32>
    %282 = stablehlo.select %85, %cst_0, %281 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %283 = stablehlo.reduce(%282 init: %cst_8) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %284 = stablehlo.broadcast_in_dim %283, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %285 = stablehlo.subtract %282, %284 : tensor<1x4x128x128xf32>
    %286 = stablehlo.exponential %285 : tensor<1x4x128x128xf32>
    %287 = stablehlo.reduce(%286 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %288 = stablehlo.broadcast_in_dim %287, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %289 = stablehlo.divide %286, %288 : tensor<1x4x128x128xf32>
    %290 = stablehlo.reshape %289 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %291 = stablehlo.reshape %275 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %292 = stablehlo.dot_general %290, %291, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %293 = stablehlo.reshape %292 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %294 = stablehlo.transpose %293, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %295 = stablehlo.transpose %arg16, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %296 = stablehlo.reshape %294 : (tensor<1x128x4x32xf32>) -> tensor<128x128xf32>
    %297 = stablehlo.dot_general %296, %295, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %298 = stablehlo.reshape %297 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %299 = stablehlo.add %220, %298 : tensor<1x128x128xf32>
    %300 = stablehlo.multiply %299, %299 : tensor<1x128x128xf32>
    %301 = stablehlo.reduce(%300 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %302 = stablehlo.reshape %301 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %303 = stablehlo.divide %302, %cst_5 : tensor<1x128x1xf32>
    %304 = stablehlo.add %303, %cst_4 : tensor<1x128x1xf32>
    %305 = stablehlo.rsqrt %304 : tensor<1x128x1xf32>
    %306 = stablehlo.broadcast_in_dim %305, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %307 = stablehlo.multiply %299, %306 : tensor<1x128x128xf32>
    %308 = stablehlo.transpose %arg17, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %309 = stablehlo.reshape %307 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %310 = stablehlo.dot_general %309, %308, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %311 = stablehlo.reshape %310 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %312 = stablehlo.maximum %311, %cst_10 : tensor<1x128x512xf32>
    %313 = stablehlo.multiply %312, %312 : tensor<1x128x512xf32>
    %314 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %315 = stablehlo.reshape %313 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %316 = stablehlo.dot_general %315, %314, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %317 = stablehlo.reshape %316 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %318 = stablehlo.add %299, %317 : tensor<1x128x128xf32>
    %319 = stablehlo.multiply %318, %318 : tensor<1x128x128xf32>
    %320 = stablehlo.reduce(%319 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %321 = stablehlo.reshape %320 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %322 = stablehlo.divide %321, %cst_5 : tensor<1x128x1xf32>
    %323 = stablehlo.add %322, %cst_4 : tensor<1x128x1xf32>
    %324 = stablehlo.rsqrt %323 : tensor<1x128x1xf32>
    %325 = stablehlo.broadcast_in_dim %324, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %326 = stablehlo.multiply %318, %325 : tensor<1x128x128xf32>
    %327 = stablehlo.transpose %arg19, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %328 = stablehlo.reshape %326 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %329 = stablehlo.dot_general %328, %327, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %330 = stablehlo.reshape %329 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %331 = stablehlo.transpose %330, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %332 = stablehlo.slice %331 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %333 = stablehlo.slice %331 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %334 = stablehlo.multiply %332, %36 : tensor<1x4x128x16xf32>
    %335 = stablehlo.multiply %333, %38 : tensor<1x4x128x16xf32>
    %336 = stablehlo.add %334, %335 : tensor<1x4x128x16xf32>
    %337 = stablehlo.multiply %333, %36 : tensor<1x4x128x16xf32>
    %338 = stablehlo.multiply %332, %38 : tensor<1x4x128x16xf32>
    %339 = stablehlo.subtract %337, %338 : tensor<1x4x128x16xf32>
    %340 = stablehlo.concatenate %336, %339, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %341 = stablehlo.multiply %340, %340 : tensor<1x4x128x32xf32>
    %342 = stablehlo.reduce(%341 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %343 = stablehlo.reshape %342 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %344 = stablehlo.divide %343, %cst_3 : tensor<1x4x128x1xf32>
    %345 = stablehlo.add %344, %cst_2 : tensor<1x4x128x1xf32>
    %346 = stablehlo.rsqrt %345 : tensor<1x4x128x1xf32>
    %347 = stablehlo.broadcast_in_dim %346, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %348 = stablehlo.multiply %340, %347 : tensor<1x4x128x32xf32>
    %349 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %350 = stablehlo.dot_general %328, %349, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %351 = stablehlo.reshape %350 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %352 = stablehlo.transpose %351, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %353 = stablehlo.slice %352 [0:1, 0:4, 0:128, 0:16] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %354 = stablehlo.slice %352 [0:1, 0:4, 0:128, 16:32] : (tensor<1x4x128x32xf32>) -> tensor<1x4x128x16xf32>
    %355 = stablehlo.multiply %353, %36 : tensor<1x4x128x16xf32>
    %356 = stablehlo.multiply %354, %38 : tensor<1x4x128x16xf32>
    %357 = stablehlo.add %355, %356 : tensor<1x4x128x16xf32>
    %358 = stablehlo.multiply %354, %36 : tensor<1x4x128x16xf32>
    %359 = stablehlo.multiply %353, %38 : tensor<1x4x128x16xf32>
    %360 = stablehlo.subtract %358, %359 : tensor<1x4x128x16xf32>
    %361 = stablehlo.concatenate %357, %360, dim = 3 : (tensor<1x4x128x16xf32>, tensor<1x4x128x16xf32>) -> tensor<1x4x128x32xf32>
    %362 = stablehlo.multiply %361, %361 : tensor<1x4x128x32xf32>
    %363 = stablehlo.reduce(%362 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x32xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %364 = stablehlo.reshape %363 : (tensor<1x4x128xf32>) -> tensor<1x4x128x1xf32>
    %365 = stablehlo.divide %364, %cst_3 : tensor<1x4x128x1xf32>
    %366 = stablehlo.add %365, %cst_2 : tensor<1x4x128x1xf32>
    %367 = stablehlo.rsqrt %366 : tensor<1x4x128x1xf32>
    %368 = stablehlo.broadcast_in_dim %367, dims = [0, 1, 2, 3] : (tensor<1x4x128x1xf32>) -> tensor<1x4x128x32xf32>
    %369 = stablehlo.multiply %361, %368 : tensor<1x4x128x32xf32>
    %370 = stablehlo.transpose %arg21, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %371 = stablehlo.dot_general %328, %370, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %372 = stablehlo.reshape %371 : (tensor<128x128xf32>) -> tensor<1x128x4x32xf32>
    %373 = stablehlo.transpose %372, dims = [0, 2, 1, 3] : (tensor<1x128x4x32xf32>) -> tensor<1x4x128x32xf32>
    %374 = stablehlo.transpose %369, dims = [0, 1, 3, 2] : (tensor<1x4x128x32xf32>) -> tensor<1x4x32x128xf32>
    %375 = stablehlo.reshape %348 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %376 = stablehlo.reshape %374 : (tensor<1x4x32x128xf32>) -> tensor<4x32x128xf32>
    %377 = stablehlo.dot_general %375, %376, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x32xf32>, tensor<4x32x128xf32>) -> tensor<4x128x128xf32>
    %378 = stablehlo.reshape %377 : (tensor<4x128x128xf32>) -> tensor<1x4x128x128xf32>
    %379 = stablehlo.multiply %378, %cst_1 : tensor<1x4x128x128xf32>
    %380 = stablehlo.select %85, %cst_0, %379 : tensor<1x4x128x128xi1>, tensor<1x4x128x128xf32>
    %381 = stablehlo.reduce(%380 init: %cst_8) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %382 = stablehlo.broadcast_in_dim %381, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %383 = stablehlo.subtract %380, %382 : tensor<1x4x128x128xf32>
    %384 = stablehlo.exponential %383 : tensor<1x4x128x128xf32>
    %385 = stablehlo.reduce(%384 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<1x4x128x128xf32>, tensor<f32>) -> tensor<1x4x128xf32>
    %386 = stablehlo.broadcast_in_dim %385, dims = [0, 1, 2] : (tensor<1x4x128xf32>) -> tensor<1x4x128x128xf32>
    %387 = stablehlo.divide %384, %386 : tensor<1x4x128x128xf32>
    %388 = stablehlo.reshape %387 : (tensor<1x4x128x128xf32>) -> tensor<4x128x128xf32>
    %389 = stablehlo.reshape %373 : (tensor<1x4x128x32xf32>) -> tensor<4x128x32xf32>
    %390 = stablehlo.dot_general %388, %389, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x128x128xf32>, tensor<4x128x32xf32>) -> tensor<4x128x32xf32>
    %391 = stablehlo.reshape %390 : (tensor<4x128x32xf32>) -> tensor<1x4x128x32xf32>
    %392 = stablehlo.transpose %391, dims = [0, 2, 1, 3] : (tensor<1x4x128x32xf32>) -> tensor<1x128x4x32xf32>
    %393 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<128x128xf32>) -> tensor<128x128xf32>
    %394 = stablehlo.reshape %392 : (tensor<1x128x4x32xf32>) -> tensor<128x128xf32>
    %395 = stablehlo.dot_general %394, %393, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x128xf32>) -> tensor<128x128xf32>
    %396 = stablehlo.reshape %395 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %397 = stablehlo.add %318, %396 : tensor<1x128x128xf32>
    %398 = stablehlo.multiply %397, %397 : tensor<1x128x128xf32>
    %399 = stablehlo.reduce(%398 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %400 = stablehlo.reshape %399 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %401 = stablehlo.divide %400, %cst_5 : tensor<1x128x1xf32>
    %402 = stablehlo.add %401, %cst_4 : tensor<1x128x1xf32>
    %403 = stablehlo.rsqrt %402 : tensor<1x128x1xf32>
    %404 = stablehlo.broadcast_in_dim %403, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %405 = stablehlo.multiply %397, %404 : tensor<1x128x128xf32>
    %406 = stablehlo.transpose %arg23, dims = [1, 0] : (tensor<512x128xf32>) -> tensor<128x512xf32>
    %407 = stablehlo.reshape %405 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %408 = stablehlo.dot_general %407, %406, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x512xf32>) -> tensor<128x512xf32>
    %409 = stablehlo.reshape %408 : (tensor<128x512xf32>) -> tensor<1x128x512xf32>
    %410 = stablehlo.maximum %409, %cst_10 : tensor<1x128x512xf32>
    %411 = stablehlo.multiply %410, %410 : tensor<1x128x512xf32>
    %412 = stablehlo.transpose %arg24, dims = [1, 0] : (tensor<128x512xf32>) -> tensor<512x128xf32>
    %413 = stablehlo.reshape %411 : (tensor<1x128x512xf32>) -> tensor<128x512xf32>
    %414 = stablehlo.dot_general %413, %412, contracting_dims = [1] x [0] : (tensor<128x512xf32>, tensor<512x128xf32>) -> tensor<128x128xf32>
    %415 = stablehlo.reshape %414 : (tensor<128x128xf32>) -> tensor<1x128x128xf32>
    %416 = stablehlo.add %397, %415 : tensor<1x128x128xf32>
    %417 = stablehlo.multiply %416, %416 : tensor<1x128x128xf32>
    %418 = stablehlo.reduce(%417 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<1x128x128xf32>, tensor<f32>) -> tensor<1x128xf32>
    %419 = stablehlo.reshape %418 : (tensor<1x128xf32>) -> tensor<1x128x1xf32>
    %420 = stablehlo.divide %419, %cst_5 : tensor<1x128x1xf32>
    %421 = stablehlo.add %420, %cst_4 : tensor<1x128x1xf32>
    %422 = stablehlo.rsqrt %421 : tensor<1x128x1xf32>
    %423 = stablehlo.broadcast_in_dim %422, dims = [0, 1, 2] : (tensor<1x128x1xf32>) -> tensor<1x128x128xf32>
    %424 = stablehlo.multiply %416, %423 : tensor<1x128x128xf32>
    %425 = stablehlo.transpose %arg25, dims = [1, 0] : (tensor<256x128xf32>) -> tensor<128x256xf32>
    %426 = stablehlo.reshape %424 : (tensor<1x128x128xf32>) -> tensor<128x128xf32>
    %427 = stablehlo.dot_general %426, %425, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x256xf32>) -> tensor<128x256xf32>
    %428 = stablehlo.reshape %427 : (tensor<128x256xf32>) -> tensor<1x128x256xf32>
    %429 = stablehlo.divide %428, %cst : tensor<1x128x256xf32>
    %430 = stablehlo.tanh %429 : tensor<1x128x256xf32>
    %431 = stablehlo.multiply %430, %cst : tensor<1x128x256xf32>
    return %431 : tensor<1x128x256xf32>
  }
}
